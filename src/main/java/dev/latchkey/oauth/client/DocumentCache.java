package dev.latchkey.oauth.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Clients whose documents were fetched lately, for as long as the answer said, within limits; those used last stay. */
final class DocumentCache {
    static final int MOST = 1000;
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration USUAL = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern MAX_AGE =
            Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_KEPT = Pattern.compile("\\bno-(?:store|cache)\\b", Pattern.CASE_INSENSITIVE);

    private final Clock clock;
    private final Map<String, Kept> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    DocumentCache(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<OAuthClient> find(String id) {
        Instant now = clock.instant();
        return Optional.ofNullable(clients.get(id)).filter(kept -> kept.at(now)).map(Kept::client);
    }

    /** At least for as long as one person needs for one consent, so that no page of it waits for the document again. */
    synchronized void keep(OAuthClient client, @Nullable String cacheControl) {
        Instant now = clock.instant();
        clients.put(client.id(), new Kept(client, now, now.plus(lifetime(cacheControl))));
    }

    private static Duration lifetime(@Nullable String cacheControl) {
        if (cacheControl == null) {
            return USUAL;
        }
        if (NOT_KEPT.matcher(cacheControl).find()) {
            return SHORTEST;
        }
        Matcher maxAge = MAX_AGE.matcher(cacheControl);
        return maxAge.find()
                ? Duration.ofSeconds(
                        Math.clamp(Long.parseLong(maxAge.group(1)), SHORTEST.toSeconds(), LONGEST.toSeconds()))
                : USUAL;
    }

    /** A clock that was ahead for a moment must not keep anything for longer. */
    private record Kept(OAuthClient client, Instant from, Instant until) {
        boolean at(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
