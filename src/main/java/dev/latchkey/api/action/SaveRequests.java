package dev.latchkey.api.action;

import dev.latchkey.assistant.ProfileFacts;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a save from JSON or from a form; an absent field stays as it is. */
final class SaveRequests {
    private SaveRequests() {}

    static ProfileChange of(JsonFields body) {
        return new ProfileChange(
                ProfileField.read(ProfileField.TEXTS, body::string),
                PhotoChange.of(null, Boolean.TRUE.equals(body.bool("removePhoto"))),
                PassphraseChoice.of(body.string("passphrase"), Boolean.TRUE.equals(body.bool("keepPassphrase"))),
                versions(body.integer("version")),
                base(body.object("base")));
    }

    /** Of a form, as long as it is open. */
    static ProfileChange of(Form form) {
        return new ProfileChange(
                ProfileField.read(ProfileField.TEXTS, form::text),
                PhotoChange.of(form.photo().orElse(null), yesNo("removePhoto", form.text("removePhoto"))),
                PassphraseChoice.of(form.text("passphrase"), yesNo("keepPassphrase", form.text("keepPassphrase"))),
                versions(version(form.text("version"))),
                Map.of());
    }

    private static @Nullable Set<Long> versions(@Nullable Long version) {
        return version == null ? null : Set.of(version);
    }

    /** The answer of Load, or those members of it that the caller showed. */
    private static Map<ProfileField, String> base(@Nullable JsonFields loaded) {
        if (loaded == null) {
            return Map.of();
        }
        Map<ProfileField, String> base =
                ProfileField.read(ProfileField.TEXTS, key -> Objects.requireNonNullElse(loaded.string(key), ""));
        String photo = Objects.requireNonNullElse(loaded.string(ProfileFacts.PHOTO), "");
        base.put(ProfileField.PHOTO, PhotoUrls.hashIn(photo).orElse(photo));
        return base;
    }

    private static @Nullable Long version(@Nullable String text) {
        return text == null || text.isEmpty()
                ? null
                : WholeNumbers.parse(text).orElseThrow(() -> invalid("version", "integer"));
    }

    private static boolean yesNo(String field, @Nullable String text) {
        return switch (text) {
            case "true", "on", "1" -> true;
            case "false", "" -> false;
            case null -> false;
            default -> throw invalid(field, "boolean");
        };
    }

    private static ProblemException invalid(String field, String expected) {
        String detail = Problem.text("field." + expected, field);
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }
}
