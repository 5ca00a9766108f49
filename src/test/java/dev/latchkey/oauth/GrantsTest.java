package dev.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.account.Account;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.HistoryService;
import dev.latchkey.history.UndoService;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.SessionKind;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class GrantsTest {
    private static final String CLIENT = "https://client.example.com/oauth/metadata.json";
    private static final String REDIRECT = "https://client.example.com/callback";
    private static final Set<GrantScope> ALL = EnumSet.allOf(GrantScope.class);

    private final CodeVerifier verifier = new CodeVerifier();
    private final ApplicationContext context;
    private final Grants grants;
    private final Sessions sessions;
    private final MutableClock clock;
    private final Account somebody;

    GrantsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        grants = context.getBean(Grants.class);
        sessions = context.getBean(Sessions.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    void aCodeBecomesTokensThatOpenTheAccountOfWhoAllowedIt() {
        Redemption.Tokens tokens = redeemed(allow(ALL));

        assertThat(tokens.lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(tokens.scopes()).isEqualTo(ALL);
        Grant grant = grants.find(tokens.access()).orElseThrow();
        assertThat(grant.account().id()).isEqualTo(somebody.id());
        assertThat(grant.clientId()).isEqualTo(CLIENT);
        assertThat(grant.client()).isEqualTo("Example Assistant (client.example.com)");
        assertThat(grant.scopes()).isEqualTo(ALL);
        assertThat(sessions.findByAccountId(somebody.id()))
                .filteredOn(session -> session.kind() == SessionKind.GRANT)
                .singleElement()
                .satisfies(session -> assertThat(session.client()).isEqualTo(grant.client()));
    }

    @Test
    void nothingIsKeptThatOpensIt() {
        String code = allow(ALL);
        Redemption.Tokens tokens = redeemed(code);

        String id = grants.find(tokens.access()).orElseThrow().id();
        String kept = Sql.text(
                context,
                "SELECT grants.id || client_id || scope || redirect_uri || code_challenge || sessions.client"
                        + " FROM grants JOIN sessions ON sessions.id = grants.id WHERE grants.id = '" + id + "'");
        assertThat(kept)
                .contains(id)
                .doesNotContain(code, tokens.access(), String.valueOf(tokens.refresh()), verifier.getValue());
        assertThat(tokens).as("in a log").hasToString("tokens");
    }

    @Test
    void mayDoWhatItsOwnerAllowedWhichTheySeeAndNothingElse() {
        Grant grant = grants.find(redeemed(allow(EnumSet.of(GrantScope.READ))).access())
                .orElseThrow();

        assertThat(grant.may(GrantScope.READ)).isTrue();
        assertThat(grant.may(GrantScope.PROPOSE)).isFalse();
        AllowedScopes allowed = context.getBean(AllowedScopes.class);
        assertThat(sessions.findByAccountId(somebody.id()))
                .allSatisfy(session -> assertThat(allowed.of(session))
                        .isEqualTo(session.kind() == SessionKind.GRANT ? Set.of(GrantScope.READ) : Set.of()))
                .hasSize(2);
    }

    @Test
    void oneWithoutANameIsKnownByItsHost() {
        Consent consent = consent(ALL);
        Consent unnamed =
                new Consent(CLIENT, consent.clientHost(), null, ALL, consent.redirectUri(), consent.codeChallenge());
        Redemption.Tokens tokens = redeemed(grants.allow(session(), unnamed).orElseThrow());

        assertThat(grants.find(tokens.access()).orElseThrow().client()).isEqualTo("client.example.com");
    }

    @Test
    void itsUseIsNotedAndChangesNothingAboutItsEnd() {
        Redemption.Tokens tokens = redeemed(allow(ALL));
        Instant end = clock.instant().plus(Grants.IDLE);
        clock.advance(Duration.ofMinutes(1));
        String id = grants.find(tokens.access()).orElseThrow().id();

        Sessions.Session session = sessions.findById(id).orElseThrow();
        assertThat(session.lastUsedAt()).isEqualTo(clock.instant());
        assertThat(session.expiresAt()).isEqualTo(end);
    }

    @Test
    void withoutOfflineAccessThereIsNoRefreshTokenAndAllEndsWithTheHour() {
        Redemption.Tokens tokens = redeemed(allow(EnumSet.of(GrantScope.READ)));

        assertThat(tokens.refresh()).isNull();
        clock.advance(Duration.ofMinutes(59));
        assertThat(grants.find(tokens.access())).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(grants.find(tokens.access())).isEmpty();
        assertThat(open()).isZero();
    }

    @Test
    @Asvs("10.4.3")
    void aCodeLivesForAMinute() {
        String code = allow(ALL);
        clock.advance(Duration.ofMinutes(1));

        assertThat(redeem(code)).isEqualTo(new Redemption.Refused());
        assertThat(open()).isZero();
    }

    @Test
    void aCodeIsForItsClientItsAddressAndWhoeverBegan() {
        String code = allow(ALL);

        assertThat(grants.redeem(code, "https://other.example.com/client", REDIRECT, verifier.getValue()))
                .isEqualTo(new Redemption.Refused());
        assertThat(grants.redeem(code, CLIENT, REDIRECT + "/", verifier.getValue()))
                .isEqualTo(new Redemption.Refused());
        assertThat(grants.redeem(code, CLIENT, REDIRECT, new CodeVerifier().getValue()))
                .isEqualTo(new Redemption.Refused());
        assertThat(grants.redeem(code, CLIENT, REDIRECT, "short")).isEqualTo(new Redemption.Refused());
        assertThat(grants.redeem(code + "A", CLIENT, REDIRECT, verifier.getValue()))
                .isEqualTo(new Redemption.Refused());
        assertThat(grants.redeem(code, CLIENT, null, verifier.getValue())).isInstanceOf(Redemption.Tokens.class);
    }

    @Test
    @Asvs("10.4.2")
    void aCodeThatIsUsedTwiceEndsTheGrantAndTheOwnerIsTold() {
        String code = allow(ALL);
        Redemption.Tokens tokens = redeemed(code);

        assertThat(redeem(code)).isEqualTo(new Redemption.Refused());
        assertThat(grants.find(tokens.access())).isEmpty();
        assertThat(refresh(tokens)).isEqualTo(new Redemption.Refused());
        assertThat(history()).extracting(HistoryEntry::door).containsExactly("grant", "account-page");
        assertThat(history().getFirst().client()).isEqualTo("Example Assistant (client.example.com)");
    }

    @Test
    void aCodeThatIsUsedAgainEndsNothingThatIsOver() {
        String code = allow(EnumSet.of(GrantScope.READ));
        redeemed(code);
        clock.advance(Grants.ACCESS_LIFETIME);

        assertThat(redeem(code)).isEqualTo(new Redemption.Refused());
        assertThat(history()).extracting(HistoryEntry::door).containsExactly("account-page");
    }

    @Test
    @Asvs("10.4.5")
    void refreshTokensAreReplacedAndOneThatIsUsedAgainEndsTheGrant() {
        Redemption.Tokens first = redeemed(allow(ALL));
        clock.advance(Grants.ACCESS_LIFETIME);
        assertThat(grants.find(first.access())).isEmpty();
        clock.advance(Duration.ofDays(89));
        Redemption.Tokens second = (Redemption.Tokens) refresh(first);

        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(grants.find(second.access())).isPresent();
        assertThat(refresh(first)).isEqualTo(new Redemption.Refused());
        assertThat(grants.find(second.access())).isEmpty();
        assertThat(refresh(second)).isEqualTo(new Redemption.Refused());
    }

    @Test
    @Asvs("7.6.1")
    void whatIsNotUsedForNinetyDaysEnds() {
        Redemption.Tokens tokens = redeemed(allow(ALL));
        clock.advance(Grants.IDLE);

        assertThat(refresh(tokens)).isEqualTo(new Redemption.Refused());
        assertThat(open()).isZero();
    }

    @Test
    void itIsExchangedSixtyTimesAnHourAndWhatItHadThenStillWorks() {
        Redemption.Tokens last = redeemed(allow(ALL));
        for (int i = 1; i < 60; i++) {
            last = (Redemption.Tokens) refresh(last);
        }
        assertThat(refresh(last)).isEqualTo(new Redemption.LimitReached(Duration.ofMinutes(1)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(refresh(last)).isInstanceOf(Redemption.Tokens.class);
    }

    @Test
    void aRefreshMayAskForLessAndNeverForMore() {
        Redemption.Tokens tokens = redeemed(allow(EnumSet.of(GrantScope.READ, GrantScope.OFFLINE)));

        assertThat(grants.refresh(String.valueOf(tokens.refresh()), CLIENT, EnumSet.of(GrantScope.PROPOSE)))
                .isEqualTo(new Redemption.ScopeRefused());
        Redemption.Tokens less = (Redemption.Tokens)
                grants.refresh(String.valueOf(tokens.refresh()), CLIENT, EnumSet.of(GrantScope.READ));
        assertThat(grants.find(less.access()).orElseThrow().scopes()).containsExactly(GrantScope.READ);
        assertThat(((Redemption.Tokens) refresh(less)).scopes()).containsExactly(GrantScope.READ, GrantScope.OFFLINE);
    }

    @Test
    @Asvs("9.2.2")
    void noKindOfTokenStandsForAnother() {
        String code = allow(ALL);
        assertThat(grants.find(code)).isEmpty();
        Redemption.Tokens tokens = redeemed(code);

        assertThat(grants.find(String.valueOf(tokens.refresh()))).isEmpty();
        assertThat(grants.refresh(tokens.access(), CLIENT, null)).isEqualTo(new Redemption.Refused());
        assertThat(redeem(tokens.access())).isEqualTo(new Redemption.Refused());
        assertThat(grants.find(tokens.access())).isPresent();
    }

    @Test
    void theClientEndsItByEitherToken() {
        String code = allow(ALL);
        grants.revoke(code, CLIENT);
        Redemption.Tokens tokens = redeemed(code);
        grants.revoke(tokens.access(), "https://other.example.com/client");
        grants.revoke("no token", CLIENT);
        assertThat(grants.find(tokens.access())).isPresent();

        grants.revoke(String.valueOf(tokens.refresh()), CLIENT);
        assertThat(grants.find(tokens.access())).isEmpty();

        Redemption.Tokens others = redeemed(allow(ALL));
        grants.revoke(others.access(), CLIENT);
        assertThat(refresh(others)).isEqualTo(new Redemption.Refused());
    }

    @Test
    void theOwnerIsToldOfAGrantAndTakesItBack() {
        Redemption.Tokens tokens = redeemed(allow(ALL));
        HistoryEntry told = history().getFirst();
        assertThat(told.fields()).containsExactly(ChangeLog.GRANTS);
        assertThat(told.undoableUntil()).isNotNull();

        context.getBean(UndoService.class).undoChange(somebody.id(), told.id());
        assertThat(grants.find(tokens.access())).isEmpty();
    }

    @Test
    void aBlockedAccountOpensNothing() {
        String code = allow(ALL);
        Redemption.Tokens tokens = redeemed(allow(ALL));
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");

        assertThat(grants.find(tokens.access())).isEmpty();
        assertThat(refresh(tokens)).isEqualTo(new Redemption.Refused());
        assertThat(redeem(code)).isEqualTo(new Redemption.Refused());
    }

    @Test
    void aSessionThatWasEndedAllowsNothing() {
        PageSession session = session();
        sessions.remove(session.id());

        assertThat(grants.allow(session, consent(ALL))).isEmpty();
    }

    @Test
    void ofManyWhoExchangeOneCodeOneIsServed() throws Exception {
        String code = allow(ALL);

        List<Redemption> outcomes = Race.of(16, () -> redeem(code));

        assertThat(outcomes).filteredOn(Redemption.Tokens.class::isInstance).hasSize(1);
        assertThat(open()).isZero();
    }

    private String allow(Set<GrantScope> scopes) {
        return grants.allow(session(), consent(scopes)).orElseThrow();
    }

    private PageSession session() {
        PageSessions pages = context.getBean(PageSessions.class);
        return pages.find(pages.openByLink(somebody.id(), "Firefox · Linux").orElseThrow())
                .orElseThrow();
    }

    private Consent consent(Set<GrantScope> scopes) {
        return new Consent(
                CLIENT,
                "client.example.com",
                "Example Assistant",
                scopes,
                REDIRECT,
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
    }

    private Redemption redeem(String code) {
        return grants.redeem(code, CLIENT, REDIRECT, verifier.getValue());
    }

    private Redemption.Tokens redeemed(String code) {
        return (Redemption.Tokens) redeem(code);
    }

    private Redemption refresh(Redemption.Tokens tokens) {
        return grants.refresh(String.valueOf(tokens.refresh()), CLIENT, null);
    }

    /** Newest first. */
    private List<HistoryEntry> history() {
        return context.getBean(HistoryService.class)
                .page(somebody.id(), null, 50)
                .entries();
    }

    private long open() {
        return sessions.findByAccountId(somebody.id()).stream()
                .filter(session -> session.kind() == SessionKind.GRANT)
                .filter(session -> session.openAt(clock.instant()))
                .count();
    }
}
