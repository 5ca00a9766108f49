package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the history of a request tells, such as whether its mail is known to have come back. */
final class LinkRequestTest {
    static final Instant ASKED = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Instant END = ASKED.plus(LIFETIME);

    @Test
    void aMailThatIsStillToLeaveWillNot() {
        assertThat(request(LinkPurpose.EDIT_PROFILE, LinkState.QUEUED, null).cameBack(ASKED, ASKED))
                .isTrue();
    }

    @Test
    void theMailThatTriesTheMailboxAnewIsYetToLeave() {
        assertThat(request(LinkPurpose.CONFIRM_EMAIL, LinkState.QUEUED, null).cameBack(ASKED, ASKED))
                .isFalse();
    }

    @Test
    void aMailCameBackIfItsLinkWasWaitedForWhenTheMailboxWasGivenUp() {
        LinkRequest sent = request(LinkPurpose.EDIT_PROFILE, LinkState.SENT, END);
        assertThat(sent.cameBack(ASKED, ASKED)).as("at the same moment").isTrue();
        assertThat(sent.cameBack(END.minusMillis(1), END.minusMillis(1))).isTrue();
        assertThat(sent.cameBack(END.minusMillis(1), END)).as("ran out since").isTrue();
    }

    @Test
    void aMailWhoseLinkHadEndedByThenHadArrived() {
        assertThat(request(LinkPurpose.EDIT_PROFILE, LinkState.SENT, END).cameBack(END, END))
                .isFalse();
    }

    @Test
    void aMailThatWasSentAfterwardsIsNotBackYet() {
        LinkRequest later = request(LinkPurpose.CONFIRM_EMAIL, LinkState.SENT, END);
        assertThat(later.cameBack(ASKED.minusMillis(1), ASKED)).isFalse();
    }

    @Test
    void aMailWhoseLinkSomebodyFollowedHadArrived() {
        assertThat(request(LinkPurpose.EDIT_PROFILE, LinkState.OPENED, END).cameBack(ASKED, ASKED))
                .isFalse();
    }

    @Test
    void namesTheFieldsThatWereSavedAndNoneWhereASaveChangedNothing() {
        assertThat(LinkRequest.fields("bio,phone")).containsExactly("bio", "phone");
        assertThat(LinkRequest.fields("")).isEmpty();
        assertThat(LinkRequest.fields(null)).isEmpty();
    }

    private static LinkRequest request(LinkPurpose purpose, LinkState state, @Nullable Instant expiresAt) {
        return request(purpose, state, expiresAt, null);
    }

    /** A request of {@link #ASKED}, for tests of what one tells. */
    static LinkRequest request(
            LinkPurpose purpose, LinkState state, @Nullable Instant expiresAt, @Nullable Instant endedAt) {
        return new LinkRequest(
                UUID.randomUUID(),
                "link",
                UUID.randomUUID(),
                "digest",
                purpose,
                "amber falcon",
                state,
                null,
                ASKED,
                LinkRequest.hourOf(ASKED),
                expiresAt,
                endedAt,
                Caller.Door.ACTION,
                null,
                null,
                null);
    }
}
