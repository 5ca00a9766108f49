package dev.latchkey.web;

import dev.latchkey.profile.ProfileField;
import io.micronaut.http.HttpStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One state of the edit page.
 *
 * @param proposals what an assistant proposes
 * @param notice what to say above the form
 * @param wrong why fields cannot be kept, as the texts call it
 * @param stored what is stored now where it is not what the form holds
 * @param suggested whether the nickname in the form is our idea
 */
record EditPage(
        Link link,
        EditForm form,
        Map<ProfileField, ProposedField> proposals,
        Notice notice,
        Map<ProfileField, String> wrong,
        Map<ProfileField, String> stored,
        boolean suggested) {

    static EditPage of(Link link, EditForm form, Map<ProfileField, ProposedField> proposals) {
        return new EditPage(link, form, proposals, Notice.NONE, Map.of(), Map.of(), false);
    }

    EditPage saying(Notice other) {
        return new EditPage(link, form, proposals, other, wrong, stored, suggested);
    }

    EditPage refusing(Map<ProfileField, String> reasons) {
        return new EditPage(link, form, proposals, Notice.INVALID, reasons, stored, suggested);
    }

    EditPage beside(Map<ProfileField, String> now) {
        return new EditPage(link, form, proposals, Notice.CONFLICT, wrong, now, suggested);
    }

    EditPage suggesting(String nickname) {
        return new EditPage(link, form.withNickname(nickname), proposals, notice, wrong, stored, true);
    }

    /** Why the form is shown; the texts are {@code edit.<name>} and {@code edit.<name>.more}. */
    enum Notice {
        NONE(HttpStatus.OK, null),
        UNCHANGED(HttpStatus.OK, "unchanged"),
        /** No proposal is ticked. */
        UNTICKED(HttpStatus.OK, "unticked", true),
        /** Some are, but what they hold is stored already. */
        PARTLY_TICKED(HttpStatus.OK, "ticked", true),
        /** Said by the error summary. */
        INVALID(HttpStatus.UNPROCESSABLE_ENTITY, null),
        CONFLICT(HttpStatus.CONFLICT, "conflict"),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "unavailable"),
        /** Nobody knows whether it was saved. */
        UNKNOWN(HttpStatus.GATEWAY_TIMEOUT, "unknown");

        final HttpStatus status;
        final @Nullable String key;

        /** Whether proposals wait for the person's word. */
        final boolean waiting;

        Notice(HttpStatus status, @Nullable String key) {
            this(status, key, false);
        }

        Notice(HttpStatus status, @Nullable String key, boolean waiting) {
            this.status = status;
            this.key = key;
            this.waiting = waiting;
        }

        /** Whether something went wrong, for the person to see at once. */
        boolean bad() {
            return status.getCode() >= 400 && key != null;
        }
    }

    /**
     * What the head of the edit page tells about the link and whose profile it opens.
     *
     * @param action where the form goes
     * @param email absent, like all that follows, when the database cannot be asked
     * @param standing the account's tier, and how far it is from PRO
     * @param photoUrl of the photo stored now
     * @param hasPassphrase whether an empty field keeps a passphrase
     * @param unproven whether that passphrase was chosen before anybody proved the mailbox, and so dies unless it is kept
     * @param assistant the name of the assistant that asked for the link; absent where it has none
     */
    public record Link(
            String action,
            @Nullable String email,
            @Nullable String pin,
            @Nullable Standing standing,
            @Nullable String matchPhrase,
            @Nullable Moment expiresAt,
            @Nullable String photoUrl,
            boolean hasPassphrase,
            boolean unproven,
            @Nullable String assistant) {

        static Link unknown(String action) {
            return new Link(action, null, null, null, null, null, null, true, false, null);
        }
    }
}
