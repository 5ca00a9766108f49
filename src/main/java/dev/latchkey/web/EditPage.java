package dev.latchkey.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One state of the edit page, as the view {@code edit} wants it.
 *
 * @param errors what is wrong, by field and in the order of the fields
 * @param notice what to say above the form
 * @param stored what is stored now, by field, where it is not what the form holds
 * @param photoAgain whether a photo was sent along that has to be chosen again
 */
record EditPage(
        EditLink link,
        EditForm form,
        List<LanguageChoices.Choice> languages,
        Map<String, String> errors,
        @Nullable Notice notice,
        Map<String, String> stored,
        boolean photoAgain) {

    /** The texts of a notice are {@code edit.<name>} and {@code edit.<name>.more}. */
    enum Notice {
        UNCHANGED("unchanged"),
        CONFLICT("conflict"),
        UNAVAILABLE("unavailable");

        final String key;

        Notice(String key) {
            this.key = key;
        }
    }

    Map<String, Object> model() {
        Map<String, Object> model = new HashMap<>(Map.of(
                "link", link,
                "form", form,
                "languages", languages,
                "errors", errors,
                "stored", stored,
                "photoAgain", photoAgain));
        if (notice != null) {
            model.put("notice", notice.key);
        }
        return model;
    }
}
