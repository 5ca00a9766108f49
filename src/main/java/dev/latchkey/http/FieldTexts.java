package dev.latchkey.http;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.text.Texts;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Says what is wrong with the fields of a profile, from {@code i18n/fields.properties}. */
@Singleton
public final class FieldTexts {
    private final Texts texts;

    FieldTexts(@Named("fields") Texts texts) {
        this.texts = texts;
    }

    /** What is wrong, with a pointer to the field. */
    public FieldError errorOf(InvalidField field) {
        return FieldError.of(field.field().key(), sentence(field));
    }

    /** The same for a caller that calls the field something else. */
    public FieldError errorOf(String name, InvalidField field) {
        return FieldError.of(name, sentence(field));
    }

    private String sentence(InvalidField field) {
        return text("field." + field.field().key(), field.reason());
    }

    /** Why a photo cannot be kept. */
    public String sentence(PhotoResult.Reason reason) {
        return text("photo", reason);
    }

    private String text(String prefix, Enum<?> reason) {
        return texts.text(prefix + "." + reason.name().toLowerCase(Locale.ROOT));
    }
}
