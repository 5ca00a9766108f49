package dev.latchkey.web.account;

import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.HistoryEntry.Kind;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.web.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as the page shows it.
 *
 * @param what key of the text that says what it was
 * @param by key of the text that says through which door
 * @param who the assistant or the client; empty when nobody is known by name
 * @param phrase the two words of the request; empty where there was none
 * @param state key of the text that says how far it has come; absent where there is nothing to say
 * @param fields keys of what was changed
 * @param undo where a form takes it back; absent where nothing does
 * @param until until when
 */
public record HappenedEntry(
        String id,
        Moment at,
        String what,
        String by,
        String who,
        String phrase,
        @Nullable String state,
        List<String> fields,
        @Nullable String undo,
        @Nullable Moment until) {

    static HappenedEntry of(HistoryEntry entry, Locale locale) {
        String who = entry.assistant() == null ? entry.client() : entry.assistant();
        boolean asked = entry.kind() != Kind.CHANGE && entry.kind() != Kind.UNDO;
        boolean changed = !entry.fields().isEmpty();
        Instant until = entry.undoableUntil();
        return new HappenedEntry(
                entry.id().toString(),
                Moment.of(entry.at(), locale),
                letsIn(entry)
                        ? "history.grants"
                        : "history." + HistoryEntry.key(entry.kind()) + (asked && changed ? ".used" : ""),
                (asked ? "history.asked." : "history.by.") + entry.door(),
                who == null ? "" : who,
                entry.matchPhrase() == null ? "" : entry.matchPhrase(),
                entry.state() == LinkState.SAVED && (changed || !asked)
                        ? null
                        : "history.state." + HistoryEntry.key(entry.state()),
                entry.fields(),
                until == null ? null : HistoryController.PATH + "/" + entry.id() + "/undo",
                until == null ? null : Moment.of(until, locale));
    }

    private static boolean letsIn(HistoryEntry entry) {
        return entry.kind() == Kind.CHANGE && entry.fields().equals(List.of(ChangeLog.GRANTS));
    }
}
