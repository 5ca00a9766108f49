package dev.latchkey.oauth.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONArrayUtils;
import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.client.RegisteredClients.Row;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.minidev.json.JSONArray;

/**
 * Clients that registered themselves (RFC 7591), where the operator lets them. They are public ones: whoever may register
 * without being asked anything could prove nothing by a secret.
 */
@Singleton
public final class ClientRegistration {
    static final int PER_CALLER_AND_HOUR = 60;
    static final int AT_ONCE = 20;

    /** For so long a client is kept that never got anything. */
    static final Duration UNUSED = Duration.ofDays(1);

    /** For so long one is kept after it last got something: as long as a grant that nobody uses. */
    static final Duration KEPT = Duration.ofDays(90);

    /** Within so long, a second use is not written down. */
    private static final Duration STEP = Duration.ofHours(6);

    private static final int RANDOM_BYTES = 18;

    private final RegisteredClients clients;
    private final RateLimits limits;
    private final SecureRandom random;
    private final Clock clock;
    private final boolean open;

    ClientRegistration(
            RegisteredClients clients, RateLimits limits, SecureRandom random, Clock clock, OAuthSettings settings) {
        this.clients = clients;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
        this.open = settings.oauthRegistration();
    }

    /** Whether clients may register. Where they may not (any more), those that did are not known either. */
    public boolean isOpen() {
        return open;
    }

    /** Takes a client in; it has a day to be used. */
    public Outcome register(ClientDescription told, CallerAddress caller) {
        Optional<Duration> wait =
                limits.take(Budget.perHour("client-registration", caller.value(), PER_CALLER_AND_HOUR, AT_ONCE));
        if (wait.isPresent()) {
            return new Outcome.LimitReached(wait.get());
        }
        OAuthClient client = OAuthClient.of(freshId(), told);
        Instant now = clock.instant();
        clients.save(new Row(
                client.id(), client.name(), JSONArray.toJSONString(client.redirectUris()), now, now.plus(UNUSED)));
        return new Outcome.Registered(client, now);
    }

    private String freshId() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Optional<OAuthClient> find(String id) {
        return open
                ? clients.findById(id)
                        .filter(row -> row.expiresAt().isAfter(clock.instant()))
                        .map(ClientRegistration::client)
                : Optional.empty();
    }

    private static OAuthClient client(Row row) {
        try {
            List<String> redirects = JSONArrayUtils.toStringList(JSONArrayUtils.parse(row.redirectUris()));
            return OAuthClient.open(row.id(), row.name(), redirects);
        } catch (ParseException e) {
            throw new IllegalStateException("A registered client's addresses were written as JSON", e);
        }
    }

    void noteUse(String id) {
        Instant until = clock.instant().plus(KEPT);
        clients.keep(id, until, until.minus(STEP));
    }

    /** What became of a registration. */
    public sealed interface Outcome {

        /** It may ask now. */
        record Registered(OAuthClient client, Instant at) implements Outcome {}

        /** This caller registered too many. */
        record LimitReached(Duration retryAfter) implements Outcome {}
    }
}
