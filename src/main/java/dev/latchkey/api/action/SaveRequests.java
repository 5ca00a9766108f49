package dev.latchkey.api.action;

import dev.latchkey.http.JsonFields;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemTexts;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Upload;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileInput;
import dev.latchkey.profile.SaveOutcome;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a save from JSON or from a form; an absent field stays as it is. */
@Singleton
final class SaveRequests {

    ProfileInput of(JsonFields body) {
        return new ProfileInput(
                body.integer("version"),
                body.string("locale"),
                body.string("passphrase"),
                body.string("bio"),
                body.string("name"),
                body.string("nickname"),
                null,
                false,
                Boolean.TRUE.equals(body.bool("removePhoto")),
                Boolean.TRUE.equals(body.bool("keepPassphrase")),
                base(body.object("base")));
    }

    /** The answer of Load, or those members of it that the caller showed. */
    private static Map<ProfileField, String> base(@Nullable JsonFields loaded) {
        if (loaded == null) {
            return Map.of();
        }
        Map<ProfileField, String> base = new EnumMap<>(ProfileField.class);
        for (ProfileField field :
                List.of(ProfileField.BIO, ProfileField.LOCALE, ProfileField.NAME, ProfileField.NICKNAME)) {
            base.put(field, Objects.requireNonNullElse(loaded.string(field.key()), ""));
        }
        String photo = Objects.requireNonNullElse(loaded.string("photoUrl"), "");
        base.put(ProfileField.PHOTO, PhotoUrls.hashIn(photo).orElse(photo));
        return base;
    }

    /** Saves a form, as long as it is open. */
    SaveOutcome save(MultipartForm form, Function<ProfileInput, SaveOutcome> save) {
        ProfileInput input = of(form);
        Upload photo = form.photo().orElse(null);
        return save.apply(photo == null || photo.tooLarge() ? input : input.withPhoto(photo));
    }

    private static ProfileInput of(MultipartForm form) {
        return new ProfileInput(
                version(form.text("version")),
                form.text("locale"),
                form.text("passphrase"),
                form.text("bio"),
                form.text("name"),
                form.text("nickname"),
                null,
                form.photo().filter(Upload::tooLarge).isPresent(),
                yesNo("removePhoto", form.text("removePhoto")),
                yesNo("keepPassphrase", form.text("keepPassphrase")),
                Map.of());
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
        String detail = ProblemTexts.text("field." + expected, field);
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }
}
