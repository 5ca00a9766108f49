package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class AccessTokenServiceTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final ApplicationContext context;
    private final AccessTokenService tokens;
    private final MutableClock clock;
    private final Account somebody;

    AccessTokenServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        tokens = context.getBean(AccessTokenService.class);
        clock = context.getBean(MutableClock.class);
        Accounts accounts = context.getBean(Accounts.class);
        Account fresh = People.somebody(context);
        accounts.updatePassphraseHash(
                fresh.id(), context.getBean(Passphrases.class).hash(PASSPHRASE));
        somebody = accounts.findById(fresh.id()).orElseThrow();
    }

    @Test
    @Asvs({"7.2.1", "7.4.1"})
    void knowsItsOwnTokenUntilItIsRevokedAnywhere() {
        String token = issue();
        Bearer.SignedIn bearer = (Bearer.SignedIn) tokens.inspect(token);
        assertThat(bearer.accountId()).isEqualTo(somebody.id());
        context.getBean(Sessions.class).remove(bearer.tokenId().toString());
        assertThat(tokens.inspect(token)).isEqualTo(new Bearer.Invalid());
    }

    @Test
    @Asvs("9.2.1")
    void tellsAnExpiredTokenFromABadOne() {
        String token = issue();
        clock.advance(Duration.ofMinutes(180));
        assertThat(tokens.inspect(token)).isEqualTo(new Bearer.Expired());
        assertThat(tokens.inspect(token + "x")).isEqualTo(new Bearer.Invalid());
    }

    @Test
    @Asvs({"6.8.2", "9.1.1", "9.1.2"})
    void refusesATokenWithoutSignature() throws ParseException {
        String unsigned = new PlainJWT(claims()).serialize();
        assertThat(tokens.inspect(unsigned)).isEqualTo(new Bearer.Invalid());
        String[] parts = issue().split("\\.", -1);
        assertThat(tokens.inspect(parts[0] + "." + parts[1] + ".")).isEqualTo(new Bearer.Invalid());
        assertThat(tokens.inspect(unsigned.split("\\.", -1)[0] + "." + parts[1] + "." + parts[2]))
                .isEqualTo(new Bearer.Invalid());
    }

    @Test
    @Asvs({"9.1.1", "9.1.3"})
    void refusesATokenOfAnotherKey() throws Exception {
        byte[] foreign = new byte[32];
        assertThat(tokens.inspect(signed(JWSAlgorithm.HS256, foreign, claims())))
                .isEqualTo(new Bearer.Invalid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"link-token", "subject-digest", "session-digest"})
    @Asvs({"9.1.3", "9.2.2"})
    void refusesATokenOfAKeyThatIsOursForSomethingElse(String use) throws Exception {
        byte[] other = context.getBean(ServerSecret.class).keyFor(use).getEncoded();
        assertThat(tokens.inspect(signed(JWSAlgorithm.HS256, other, claims()))).isEqualTo(new Bearer.Invalid());
    }

    @Test
    @Asvs({"9.2.1", "9.2.3"})
    void refusesAnotherIssuerAudienceOrNoEnd() throws Exception {
        JWTClaimsSet claims = claims();
        assertThat(tokens.inspect(own(claims))).isInstanceOf(Bearer.SignedIn.class);
        assertThat(tokens.inspect(
                        own(new JWTClaimsSet.Builder(claims).issuer("x").build())))
                .isEqualTo(new Bearer.Invalid());
        assertThat(tokens.inspect(
                        own(new JWTClaimsSet.Builder(claims).audience("x").build())))
                .isEqualTo(new Bearer.Invalid());
        assertThat(tokens.inspect(own(
                        new JWTClaimsSet.Builder(claims).expirationTime(null).build())))
                .isEqualTo(new Bearer.Invalid());
        assertThat(tokens.inspect(
                        own(new JWTClaimsSet.Builder(claims).jwtID("x").build())))
                .isEqualTo(new Bearer.Invalid());
    }

    @Test
    void looksAtNoTokenOfMoreThanTwoKibibytes() throws Exception {
        String longest = own(claimsOf(1_487));
        String longer = own(claimsOf(1_488));
        assertThat(longest).hasSize(2_048);
        assertThat(longer).hasSize(2_049);
        assertThat(tokens.inspect(longest)).isInstanceOf(Bearer.SignedIn.class);
        assertThat(tokens.inspect(longer)).isEqualTo(new Bearer.Invalid());
    }

    @Test
    void notesItsUseAndLetsItsEndBe() {
        String token = issue();
        Instant opened = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        Bearer.SignedIn bearer = (Bearer.SignedIn) tokens.inspect(token);
        Sessions.Session row = context.getBean(Sessions.class)
                .findById(bearer.tokenId().toString())
                .orElseThrow();
        assertThat(row.lastUsedAt()).isEqualTo(clock.instant());
        assertThat(row.expiresAt()).isEqualTo(opened.plus(Duration.ofMinutes(180)));
    }

    @Test
    void putsNothingIntoALogThatOpensTheAccount() {
        assertThat(tokens.issue(somebody, "").orElseThrow()).hasToString("an access token");
    }

    @Test
    void issuesNothingForAPassphraseThatWasChangedMeanwhile() {
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        somebody.id(), context.getBean(Passphrases.class).hash("another passphrase"));
        assertThat(tokens.issue(somebody, "")).isEmpty();
        assertThat(context.getBean(SessionKeyService.class).open(somebody, "")).isEmpty();
    }

    private String issue() {
        return tokens.issue(somebody, "").orElseThrow().text();
    }

    private JWTClaimsSet claims() throws ParseException {
        return SignedJWT.parse(issue()).getJWTClaimsSet();
    }

    /** Claims that are good and take so many bytes. */
    private JWTClaimsSet claimsOf(int bytes) throws ParseException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(claims()).claim("filling", "");
        int missing = bytes - claims.build().toPayload().toBytes().length;
        return claims.claim("filling", "x".repeat(missing)).build();
    }

    private String own(JWTClaimsSet claims) throws JOSEException {
        byte[] key = context.getBean(ServerSecret.class).keyFor("access-token").getEncoded();
        return signed(JWSAlgorithm.HS256, key, claims);
    }

    private static String signed(JWSAlgorithm algorithm, byte[] key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }
}
