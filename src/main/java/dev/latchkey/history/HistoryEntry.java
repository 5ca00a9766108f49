package dev.latchkey.history;

import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an account: a change, a request, or both where the request's link made the change. It has no
 * values, and nothing that opens anything.
 *
 * @param id of the change, which an undo is asked for with, or else of the request
 * @param at when it was changed, or else asked for
 * @param door through which it came; of a request, that through which it was asked for
 * @param assistant the name of the assistant that asked, where its key has one
 * @param client the client of the grant that was used, if one was
 * @param matchPhrase the two words of the request; absent where there was none
 * @param state how far a request has come; a change is saved or undone
 * @param fields keys of what was changed
 * @param undoableUntil until when it can be taken back; absent where it cannot
 */
public record HistoryEntry(
        UUID id,
        Instant at,
        Kind kind,
        String door,
        @Nullable String assistant,
        @Nullable String client,
        @Nullable String matchPhrase,
        LinkState state,
        List<String> fields,
        @Nullable Instant undoableUntil) {

    static HistoryEntry of(Asked request) {
        return new HistoryEntry(
                request.id(),
                request.at(),
                Kind.of(request),
                key(request.provenance().door()),
                request.provenance().assistant(),
                null,
                request.provenance().matchPhrase(),
                request.state(),
                request.changed(),
                null);
    }

    /** @param request with which it was made; absent where none was, or it is gone */
    static HistoryEntry of(Change change, @Nullable Asked request, Instant now) {
        Instant until = change.undoableAt(now) ? change.undoUntil() : null;
        LinkState state = change.undoneAt() == null ? LinkState.SAVED : LinkState.UNDONE;
        // What an assistant's own call saved was no link's doing, though the draft had one.
        Asked link = change.door() == Door.GRANT ? null : request;
        return new HistoryEntry(
                change.id(),
                change.happenedAt(),
                link == null ? Kind.of(change.door()) : Kind.of(link),
                key(link == null ? change.door() : link.provenance().door()),
                link == null ? null : link.provenance().assistant(),
                change.client(),
                request == null ? null : request.provenance().matchPhrase(),
                state,
                // It may have done more than what can be taken back, such as prove the mailbox.
                request == null || request.changed().isEmpty() ? change.keys() : request.changed(),
                until);
    }

    /** As it is written for programs. */
    public static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happened. */
    public enum Kind {
        /** A link to the profile was asked for, and perhaps used. */
        EDIT,
        /** A link that signs in. */
        SIGN_IN,
        /** A link that signs in on the way to letting an assistant in. */
        AUTHORIZATION,
        /** A link that proves the mailbox. */
        CONFIRMATION,
        /** A link that confirms a registration of the session-key API. */
        REGISTRATION,
        /** Something was changed without a link. */
        CHANGE,
        /** A change was taken back. */
        UNDO;

        private static Kind of(Door door) {
            return switch (door) {
                case UNDO -> UNDO;
                case LINK -> EDIT;
                case ACCOUNT_PAGE, ACCOUNT_API, SESSION_KEY_API, GRANT, OPERATOR -> CHANGE;
            };
        }

        private static Kind of(Asked request) {
            return switch (request.purpose()) {
                case SIGN_IN -> SIGN_IN;
                case AUTHORIZE -> AUTHORIZATION;
                case CONFIRM_EMAIL -> CONFIRMATION;
                case CONFIRM_REGISTRATION -> REGISTRATION;
                // The last three are never asked for in this way.
                case EDIT_PROFILE, UNDO_CHANGE, CHANGE_EMAIL, KEEP_ACCOUNT -> EDIT;
            };
        }
    }
}
