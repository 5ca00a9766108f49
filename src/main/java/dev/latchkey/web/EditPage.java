package dev.latchkey.web;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One state of the edit page, as the view {@code edit} shows it.
 *
 * @param errors what is wrong, by field and in the order of the fields
 * @param notice what to say above the form
 * @param stored what is stored now, by field, where it is not what the form holds
 * @param suggested whether the nickname in the form is our idea
 * @param again the fields that were filled in, cannot be shown again, and have to be filled in once more
 */
record EditPage(
        EditLink link,
        EditForm form,
        List<LanguageChoices.Choice> languages,
        Map<String, String> errors,
        Notice notice,
        Map<String, String> stored,
        Set<String> again,
        boolean suggested) {

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
    }

    Map<String, Object> model() {
        return Model.of(
                "link", link,
                "form", form,
                "languages", languages,
                "errors", errors,
                "notice", notice.key,
                "stored", stored,
                "again", again,
                "suggested", suggested);
    }
}
