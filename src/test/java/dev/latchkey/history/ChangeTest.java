package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(72));
    private static final EmailAddress TOLD = new EmailAddress("ada@example.org");
    private static final EmailAddress ELSEWHERE = new EmailAddress("eve@example.net");

    @Test
    void canBeTakenBackUntilItsTimeIsOver() {
        assertThat(of(Map.of("bio", "")).undoableAt(UNTIL.minusMillis(1))).isTrue();
        assertThat(of(Map.of("bio", "")).undoableAt(UNTIL)).isFalse();
    }

    @Test
    void cannotBeTakenBackTwiceNorWithoutALinkNorWhatItHeld() {
        Map<String, String> before = Map.of("bio", "");
        assertThat(of(before, "link", NOW).undoableAt(NOW)).isFalse();
        assertThat(of(before, null, null).undoableAt(NOW)).isFalse();
        assertThat(of(null).undoableAt(NOW)).isFalse();
    }

    @Test
    void putsBackWhatItReplacedButNothingThatWasEnded() {
        Change change = of(Map.of("bio", "I like tea.", "sessions", "", "grants", "client.example"));
        assertThat(change.restores(TOLD)).containsExactly(Map.entry("bio", "I like tea."));
        assertThat(change.keys()).containsExactly("bio", "grants", "sessions");
        assertThat(change.restorable()).containsExactly("bio");
    }

    @Test
    void movesTheAccountBackToTheAddressThatWasToldOfIt() {
        assertThat(of(Map.of("bio", "")).restores(ELSEWHERE)).isEqualTo(Map.of("bio", "", "email", TOLD.value()));
    }

    @Test
    void losesWhatCameBackWithAnEarlierOneAndKeepsTheRest() {
        Change change = of(Map.of(
                "bio", "Stranger's", "email", "old@example.org", "nickname", "ada", "photo", "a hash", "name", ""));
        Change left = change.after(List.of("bio", "pronouns"), TOLD, "fresh", NOW);
        assertThat(left.before()).containsOnlyKeys("email", "name", "nickname", "photo");
        assertThat(left.emailBefore()).isEqualTo("old@example.org");
        assertThat(left.nicknameBefore()).isEqualTo("ada");
        assertThat(left.photoBefore()).isEqualTo("a hash");
        assertThat(left.undoId()).as("its owner has the link").isEqualTo("link");
        assertThat(left.undoneAt()).isNull();
        assertThat(left.keys()).isEqualTo(change.keys());
    }

    @Test
    void isUndoneWhenNothingOfItIsLeft() {
        Change change = of(Map.of("bio", "Stranger's"));
        assertThat(change.after(List.of("bio"), TOLD, "fresh", NOW).undoneAt()).isEqualTo(NOW);
        assertThat(change.after(List.of("name"), TOLD, "fresh", NOW).undoneAt()).isNull();
        assertThat(of(Map.of()).after(List.of("bio"), TOLD, "fresh", NOW).undoneAt())
                .as("it never held anything")
                .isNull();
    }

    @Test
    void killsTheLinkThatAStrangerWasMailed() {
        Change left = of(Map.of("bio", "")).after(List.of(), ELSEWHERE, "fresh", NOW);
        assertThat(left.undoId()).isEqualTo("fresh");
        assertThat(left.told()).isEqualTo(ELSEWHERE.value());
        Change kept = of(Map.of("bio", "")).after(List.of(), null, "fresh", NOW);
        assertThat(kept.undoId()).as("nobody proved another").isEqualTo("link");
        assertThat(kept.told()).isEqualTo(TOLD.value());
    }

    @Test
    void namesTheAssistantThatWasLetInWithIt() {
        assertThat(letting(Map.of("grants", "client.example")).letIn()).isEqualTo("client.example");
        assertThat(letting(Map.of("grants", "")).letIn()).as("let out").isNull();
        assertThat(letting(Map.of("bio", "")).letIn()).isNull();
        assertThat(letting(null).letIn()).as("too old").isNull();
    }

    private static Change of(@Nullable Map<String, String> before) {
        return of(before, "link", null);
    }

    private static Change of(@Nullable Map<String, String> before, @Nullable String undoId, @Nullable Instant undone) {
        return change(before, null, undoId, undone);
    }

    private static Change letting(@Nullable Map<String, String> after) {
        return change(null, after, "link", null);
    }

    private static Change change(
            @Nullable Map<String, String> before,
            @Nullable Map<String, String> after,
            @Nullable String undoId,
            @Nullable Instant undone) {
        String fields = before == null
                ? "bio"
                : String.join(",", before.keySet().stream().sorted().toList());
        return new Change(
                UUID.randomUUID(),
                UUID.randomUUID(),
                NOW,
                Door.LINK,
                null,
                null,
                TOLD.value(),
                fields,
                before,
                after,
                null,
                null,
                null,
                undoId,
                UNTIL,
                undone);
    }
}
