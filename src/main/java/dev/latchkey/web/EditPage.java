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
        EditLink link,
        EditForm form,
        Map<ProfileField, ProposedField> proposals,
        Notice notice,
        Map<ProfileField, String> wrong,
        Map<ProfileField, String> stored,
        boolean suggested) {

    static EditPage of(EditLink link, EditForm form, Map<ProfileField, ProposedField> proposals) {
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
        UNTICKED(HttpStatus.OK, "unticked"),
        /** Said by the error summary. */
        INVALID(HttpStatus.UNPROCESSABLE_ENTITY, null),
        CONFLICT(HttpStatus.CONFLICT, "conflict"),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "unavailable"),
        /** Nobody knows whether it was saved. */
        UNKNOWN(HttpStatus.GATEWAY_TIMEOUT, "unknown");

        final HttpStatus status;
        final @Nullable String key;

        Notice(HttpStatus status, @Nullable String key) {
            this.status = status;
            this.key = key;
        }

        /** Whether something went wrong, for the person to see at once. */
        boolean bad() {
            return status.getCode() >= 400 && key != null;
        }
    }
}
