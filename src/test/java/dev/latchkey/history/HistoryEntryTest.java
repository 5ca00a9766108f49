package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.history.HistoryEntry.Kind;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import dev.latchkey.magiclink.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryEntryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final UUID ID = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "EDIT_PROFILE, EDIT",
        "SIGN_IN, SIGN_IN",
        "AUTHORIZE, AUTHORIZATION",
        "CONFIRM_EMAIL, CONFIRMATION",
        "CONFIRM_REGISTRATION, REGISTRATION"
    })
    void tellsARequestByWhatItsLinkOpens(LinkPurpose purpose, Kind kind) {
        Asked request = asked(purpose, LinkState.OPENED, List.of());
        assertThat(HistoryEntry.of(request))
                .isEqualTo(new HistoryEntry(
                        ID,
                        NOW,
                        kind,
                        "session-key-api",
                        "Support Bot",
                        null,
                        "calm otter",
                        LinkState.OPENED,
                        List.of(),
                        null));
        assertThat(HistoryEntry.of(change(Door.LINK, null), request, NOW).kind())
                .as("with the change that was made with it")
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "LINK, EDIT, link",
        "ACCOUNT_PAGE, CHANGE, account-page",
        "OPERATOR, CHANGE, operator",
        "UNDO, UNDO, undo"
    })
    void tellsAChangeWithoutARequestByItsDoor(Door door, Kind kind, String name) {
        assertThat(HistoryEntry.of(change(door, null), null, NOW))
                .isEqualTo(new HistoryEntry(
                        ID,
                        NOW,
                        kind,
                        name,
                        null,
                        "client.example",
                        null,
                        LinkState.SAVED,
                        List.of("bio"),
                        NOW.plusMillis(1)));
    }

    @Test
    void tellsWhatAnAssistantSavedByItselfAsItsOwnDoingWithTheWordsOfTheDraft() {
        Asked draft = asked(LinkPurpose.EDIT_PROFILE, LinkState.SAVED, List.of("bio", "email"));
        assertThat(HistoryEntry.of(change(Door.GRANT, null), draft, NOW))
                .isEqualTo(new HistoryEntry(
                        ID,
                        NOW,
                        Kind.CHANGE,
                        "grant",
                        null,
                        "client.example",
                        "calm otter",
                        LinkState.SAVED,
                        List.of("bio", "email"),
                        NOW.plusMillis(1)));
    }

    @Test
    void offersNoUndoOfWhatIsUndoneOrTooOld() {
        HistoryEntry undone = HistoryEntry.of(change(Door.LINK, NOW), null, NOW);
        assertThat(undone.state()).isEqualTo(LinkState.UNDONE);
        assertThat(undone.undoableUntil()).isNull();
        assertThat(HistoryEntry.of(change(Door.LINK, null), null, NOW.plus(Duration.ofMillis(1)))
                        .undoableUntil())
                .isNull();
    }

    private static Asked asked(LinkPurpose purpose, LinkState state, List<String> changed) {
        Provenance provenance = new Provenance(Caller.Door.SESSION_KEY_API, "Support Bot", "calm otter");
        return new Asked(ID, UUID.randomUUID(), NOW, purpose, provenance, state, changed, null, null);
    }

    private static Change change(Door door, @Nullable Instant undoneAt) {
        return new Change(
                ID,
                UUID.randomUUID(),
                NOW,
                door,
                null,
                "client.example",
                null,
                "bio",
                Map.of("bio", ""),
                Map.of("bio", "New."),
                null,
                null,
                null,
                "link",
                NOW.plusMillis(1),
                undoneAt);
    }
}
