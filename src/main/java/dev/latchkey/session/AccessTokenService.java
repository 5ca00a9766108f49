package dev.latchkey.session;

import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.account.Account;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.SessionSettings;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issues, inspects and revokes the bearer tokens of the account API. */
@Singleton
public class AccessTokenService {
    static final String AUDIENCE = "latchkey-account-api";

    private final Sessions sessions;
    private final TokenSignatures signatures;
    private final SessionUse use;
    private final ProvenAccounts proven;
    private final BaseUrl issuer;
    private final Duration lifetime;
    private final Clock clock;

    AccessTokenService(
            Sessions sessions,
            TokenSignatures signatures,
            SessionUse use,
            ProvenAccounts proven,
            BaseUrl issuer,
            SessionSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.signatures = signatures;
        this.use = use;
        this.proven = proven;
        this.issuer = issuer;
        this.lifetime = settings.accessTokenLifetime();
        this.clock = clock;
    }

    /**
     * A token for somebody whose passphrase was just verified.
     *
     * @param verified as it was when the passphrase matched
     * @param client as {@link ClientName} has it
     * @return empty when the passphrase was changed or the account went away meanwhile
     */
    @Transactional
    public Optional<IssuedToken> issue(Account verified, String client) {
        return proven.still(verified).map(account -> {
            Instant now = clock.instant();
            String id = UuidCreator.getTimeOrderedEpoch().toString();
            Sessions.Session token = sessions.save(Sessions.Session.opened(
                    id, account.id(), SessionKind.ACCESS_TOKEN, now, lifetime, SessionProof.PASSPHRASE, client));
            return new IssuedToken(signatures.sign(claims(token, now)), lifetime);
        });
    }

    private JWTClaimsSet claims(Sessions.Session token, Instant issuedAt) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.origin())
                .audience(AUDIENCE)
                .subject(token.accountId().toString())
                .jwtID(token.id())
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(token.expiresAt()))
                .build();
    }

    /** Tells who a token signs in; asks the database each time, so a revoked one is dead at once on every node. */
    public Bearer inspect(String text) {
        JWTClaimsSet claims = signatures.verified(text).orElse(null);
        if (claims == null || !madeForUs(claims)) {
            return new Bearer.Invalid();
        }
        Date end = claims.getExpirationTime();
        if (end == null || !end.toInstant().isAfter(clock.instant())) {
            return end == null ? new Bearer.Invalid() : new Bearer.Expired();
        }
        return id(claims)
                .flatMap(id -> sessions.findById(id.toString()).<Bearer>map(session -> {
                    use.note(session);
                    return new Bearer.SignedIn(session.accountId(), id);
                }))
                .orElseGet(Bearer.Invalid::new);
    }

    private boolean madeForUs(JWTClaimsSet claims) {
        return issuer.origin().equals(claims.getIssuer()) && List.of(AUDIENCE).equals(claims.getAudience());
    }

    private static Optional<UUID> id(JWTClaimsSet claims) {
        try {
            return Optional.ofNullable(claims.getJWTID()).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ends one token; ending it again is no error. */
    public void revoke(UUID tokenId) {
        sessions.remove(tokenId.toString());
    }

    /**
     * A fresh bearer token; kept nowhere in this form.
     *
     * @param text a signed JWT
     */
    public record IssuedToken(String text, Duration lifetime) {
        @Override
        public String toString() {
            return "an access token";
        }
    }
}
