package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.history.HistoryEntry.Kind;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class HistoryServiceTest {
    private final ApplicationContext context;
    private final HistoryService history;
    private final MutableClock clock;
    private final Account somebody;

    HistoryServiceTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of("test.clock", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
        history = context.getBean(HistoryService.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(history.page(somebody.id(), null, 20)).isEqualTo(new HistoryService.Page(List.of(), null));
    }

    @Test
    void tellsOfARequestWhichAssistantMadeIt() {
        UUID id = ask(somebody, Caller.action("key", "Support Bot", "some user", "some chat"));
        HistoryEntry entry = only();
        assertThat(entry.id()).isEqualTo(id);
        assertThat(entry.at()).isEqualTo(clock.instant());
        assertThat(entry.kind()).isEqualTo(Kind.EDIT);
        assertThat(entry.door()).isEqualTo("action");
        assertThat(entry.assistant()).isEqualTo("Support Bot");
        assertThat(entry.client()).isNull();
        assertThat(entry.matchPhrase()).matches("[a-z]+ [a-z]+");
        assertThat(entry.state()).isEqualTo(LinkState.QUEUED);
        assertThat(entry.fields()).isEmpty();
        assertThat(entry.undoableUntil()).isNull();
    }

    @Test
    void tellsARequestAndTheChangeMadeWithItAsOne() {
        UUID request = ask(somebody, Caller.action("key", "Support Bot", null, null));
        clock.advance(Duration.ofMinutes(3));
        save(request, "Hello.");
        HistoryEntry entry = only();
        assertThat(entry.id()).isNotEqualTo(request);
        assertThat(entry.at()).isEqualTo(clock.instant());
        assertThat(entry.kind()).isEqualTo(Kind.EDIT);
        assertThat(entry.door()).isEqualTo("action");
        assertThat(entry.assistant()).isEqualTo("Support Bot");
        assertThat(entry.state()).isEqualTo(LinkState.SAVED);
        assertThat(entry.fields()).containsExactly("bio");
        assertThat(entry.undoableUntil()).isEqualTo(clock.instant().plus(Duration.ofHours(72)));
        assertThat(history.page(somebody.id(), null, 1))
                .as("nothing is left to read")
                .isEqualTo(new HistoryService.Page(List.of(entry), null));

        context.getBean(UndoService.class).undoChange(somebody.id(), entry.id());
        List<HistoryEntry> entries = history.page(somebody.id(), null, 20).entries();
        assertThat(entries).extracting(HistoryEntry::kind).containsExactly(Kind.UNDO, Kind.EDIT);
        assertThat(entries).extracting(HistoryEntry::state).containsExactly(LinkState.SAVED, LinkState.UNDONE);
        assertThat(entries).extracting(HistoryEntry::undoableUntil).containsOnlyNulls();
    }

    @Test
    void offersNoUndoOnceItIsTooLate() {
        change(somebody, new Origin(Door.GRANT, null, "client.example.com"));
        assertThat(only().client()).isEqualTo("client.example.com");
        assertThat(only().door()).isEqualTo("grant");
        assertThat(only().undoableUntil()).isNotNull();
        clock.advance(Duration.ofHours(72));
        assertThat(only().undoableUntil()).isNull();
    }

    @Test
    void forgetsAfterAMonth() {
        ask(somebody, Caller.action("key", null, null, null));
        change(somebody, Origin.of(Door.ACCOUNT_API));
        clock.advance(Duration.ofDays(30));
        assertThat(all(20)).hasSize(2);
        clock.advance(Duration.ofMillis(1));
        assertThat(all(20)).isEmpty();
    }

    @Test
    void tellsNothingOfAnybodyElse() {
        Account other = People.somebody(context);
        ask(other, Caller.action("key", null, null, null));
        change(other, Origin.of(Door.ACCOUNT_API));
        assertThat(all(20)).isEmpty();
        UUID theirs = history.page(other.id(), null, 20).entries().getFirst().id();
        HistoryCursor cursor = new HistoryCursor(clock.instant().plusSeconds(1), theirs, theirs);
        assertThat(history.page(somebody.id(), cursor, 20).entries()).isEmpty();
    }

    @Test
    void goesThroughManyInOrderAndTellsEachOnce() {
        for (int i = 0; i < 15; i++) {
            UUID request = ask(somebody, Caller.action("key", null, null, null));
            change(somebody, Origin.of(Door.ACCOUNT_API));
            clock.advance(Duration.ofMinutes(i));
            if (i % 3 == 0) {
                save(request, "Bio " + i);
            }
        }
        List<HistoryEntry> whole = all(100);
        assertThat(whole)
                .hasSize(30)
                .isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
        for (int size : new int[] {1, 2, 7, 29, 30}) {
            assertThat(all(size)).as("pages of " + size).isEqualTo(whole);
        }
    }

    @Test
    void goesOnWhereItStoodWhateverComesInMeanwhile() {
        for (int i = 0; i < 5; i++) {
            ask(somebody, Caller.action("key", null, null, null));
            clock.advance(Duration.ofMinutes(1));
        }
        List<HistoryEntry> whole = all(20);
        HistoryService.Page first = history.page(somebody.id(), null, 3);
        change(somebody, Origin.of(Door.ACCOUNT_API));
        ask(somebody, Caller.action("key", null, null, null));
        HistoryService.Page second = history.page(somebody.id(), first.next(), 3);
        assertThat(second.entries()).isEqualTo(whole.subList(3, 5));
        assertThat(second.next()).isNull();
    }

    @Test
    void tellsNothingTwiceWhereMoreComesInAtTheVeryMomentOfTheLast() {
        UUID earlier = ask(somebody, Caller.action("key", null, null, null));
        clock.advance(Duration.ofMinutes(1));
        ask(somebody, Caller.action("key", null, null, null));
        HistoryService.Page first = history.page(somebody.id(), null, 1);
        change(somebody, Origin.of(Door.ACCOUNT_API));
        HistoryService.Page second = history.page(somebody.id(), first.next(), 1);
        assertThat(second.entries()).extracting(HistoryEntry::kind).containsExactly(Kind.CHANGE);
        assertThat(history.page(somebody.id(), second.next(), 20).entries())
                .extracting(HistoryEntry::id)
                .containsExactly(earlier);
    }

    @Test
    void reachesWhatWasAskedBeforeAllThatWasToldWithItsChange() {
        UUID unused = ask(somebody, Caller.action("key", null, null, null));
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofMinutes(1));
            UUID used = ask(somebody, Caller.action("key", null, null, null));
            clock.advance(Duration.ofMinutes(1));
            save(used, "Bio " + i);
        }
        assertThat(all(1)).hasSize(3).last().extracting(HistoryEntry::id).isEqualTo(unused);
    }

    @Test
    void givesTheChangesBeforeOneOfThemNewestFirst() {
        Change first = change(somebody, Origin.of(Door.ACCOUNT_API));
        Change second = change(somebody, Origin.of(Door.ACCOUNT_PAGE));
        Change third = change(somebody, Origin.of(Door.ACCOUNT_API));
        assertThat(history.changesBefore(somebody.id(), third.id(), 20)).containsExactly(second, first);
        assertThat(history.changesBefore(somebody.id(), third.id(), 1)).containsExactly(second);
    }

    @Test
    void readsItsOwnCursorsAndNoOthers() {
        ask(somebody, Caller.action("key", null, null, null));
        change(somebody, Origin.of(Door.ACCOUNT_API));
        HistoryCursor next =
                Objects.requireNonNull(history.page(somebody.id(), null, 1).next());
        assertThat(HistoryCursor.parse(next.toString())).contains(next);
        String id = UUID.randomUUID().toString();
        for (String wrong : List.of(
                "", "1", next + " ", id, "x_" + id + "_" + id, "9999999999999999_" + id + "_" + id, "a".repeat(9999))) {
            assertThat(HistoryCursor.parse(wrong)).as(wrong).isEmpty();
        }
    }

    private HistoryEntry only() {
        HistoryService.Page page = history.page(somebody.id(), null, 20);
        assertThat(page.next()).isNull();
        assertThat(page.entries()).hasSize(1);
        return page.entries().getFirst();
    }

    private List<HistoryEntry> all(int size) {
        List<HistoryEntry> entries = new ArrayList<>();
        @Nullable HistoryCursor place = null;
        do {
            HistoryService.Page page = history.page(somebody.id(), place, size);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(size);
            entries.addAll(page.entries());
            place = page.next();
        } while (place != null);
        return entries;
    }

    private UUID ask(Account account, Caller caller) {
        return ((LinkOutcome.Accepted)
                        context.getBean(LinkRequestService.class).request(new Subject.ByEmail(account.email()), caller))
                .requestId();
    }

    private void save(UUID request, String bio) {
        context.getBean(ProfileEdits.class)
                .save(Links.arrived(context, request), ProfileChange.of(Map.of(ProfileField.BIO, bio)));
    }

    private Change change(Account account, Origin origin) {
        return context.getBean(RecordedChanges.class)
                .record(account, null, origin, Map.of("bio", ""), Map.of("bio", "New."));
    }
}
