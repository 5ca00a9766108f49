package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a caller may see of a request where nobody may learn who has an account. */
final class ConcealedStatusTest {
    private static final Instant SENT = LinkRequestTest.ASKED.plusSeconds(5);
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    @Test
    void aMailboxThatRefusesLooksLikeOneThatTook() {
        LinkRequest refused = request(LinkState.UNDELIVERABLE, null, SENT);

        assertThat(refused.concealedStateAt(SENT.plusSeconds(60), LIFETIME)).isEqualTo(LinkState.SENT);
        assertThat(refused.concealedStateAt(SENT.plus(LIFETIME), LIFETIME)).isEqualTo(LinkState.EXPIRED);
    }

    @Test
    void aLinkThatAnotherWithdrewLooksLikeOneThatWaits() {
        LinkRequest revoked = request(LinkState.REVOKED, SENT.plus(LIFETIME), SENT.plusSeconds(30));

        assertThat(revoked.concealedStateAt(SENT.plusSeconds(60), LIFETIME)).isEqualTo(LinkState.SENT);
        assertThat(revoked.concealedStateAt(SENT.plus(LIFETIME), LIFETIME)).isEqualTo(LinkState.EXPIRED);
        assertThat(revoked.stateAt(SENT.plusSeconds(60))).isEqualTo(LinkState.REVOKED);
    }

    @Test
    void whatThePersonDidWithTheLinkIsTold() {
        assertThat(request(LinkState.QUEUED, null, null).concealedStateAt(SENT, LIFETIME))
                .isEqualTo(LinkState.QUEUED);
        assertThat(request(LinkState.OPENED, SENT.plus(LIFETIME), null).concealedStateAt(SENT, LIFETIME))
                .isEqualTo(LinkState.OPENED);
        assertThat(request(LinkState.SAVED, SENT.plus(LIFETIME), SENT).concealedStateAt(SENT.plus(LIFETIME), LIFETIME))
                .isEqualTo(LinkState.SAVED);
        assertThat(request(LinkState.SENT, SENT.plus(LIFETIME), null).concealedStateAt(SENT.plus(LIFETIME), LIFETIME))
                .isEqualTo(LinkState.EXPIRED);
    }

    private static LinkRequest request(LinkState state, @Nullable Instant expiresAt, @Nullable Instant endedAt) {
        return LinkRequestTest.request(LinkPurpose.EDIT_PROFILE, state, expiresAt, endedAt);
    }
}
