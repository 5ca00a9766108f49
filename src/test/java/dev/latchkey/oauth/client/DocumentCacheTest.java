package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentCacheTest {
    private final DocumentCache cache =
            new DocumentCache(Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));

    /** So whoever names many clients drives out what they named, and not what people use. */
    @Test
    void forgetsTheOneThatWasUsedLongestAgoWhenItIsFull() {
        for (int i = 0; i < DocumentCache.MOST; i++) {
            keep(i);
        }
        assertThat(cache.find("0")).contains(client(0));

        keep(DocumentCache.MOST);
        assertThat(cache.find("0")).isPresent();
        assertThat(cache.find("1")).isEmpty();
        assertThat(cache.find("2")).isPresent();
        assertThat(cache.find(String.valueOf(DocumentCache.MOST))).isPresent();
    }

    private void keep(int number) {
        cache.keep(client(number), null);
    }

    private static OAuthClient client(int number) {
        return OAuthClient.open(String.valueOf(number), null, List.of("https://client.example.com/callback"));
    }
}
