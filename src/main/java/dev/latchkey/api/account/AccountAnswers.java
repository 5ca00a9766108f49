package dev.latchkey.api.account;

import dev.latchkey.http.FieldError;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.Texts;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts refusals into problems. */
@Singleton
final class AccountAnswers {
    private static final InvalidField TAKEN = new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.TAKEN);

    private final Texts texts;
    private final FieldTexts fieldTexts;

    AccountAnswers(@Named("account") Texts texts, FieldTexts fieldTexts) {
        this.texts = texts;
        this.fieldTexts = fieldTexts;
    }

    Problem of(ProblemType type, String key, @Nullable Object... values) {
        return Problem.of(type, texts.text(key, values));
    }

    Problem invalid(List<InvalidField> fields) {
        if (fields.equals(List.of(TAKEN))) {
            return of(ProblemType.NICKNAME_TAKEN, "nickname.taken").withErrors(List.of(fieldTexts.errorOf(TAKEN)));
        }
        return invalidFields(fields.stream().map(this::error).toList());
    }

    /** What a passphrase is called here. */
    private FieldError error(InvalidField field) {
        return field.field() == ProfileField.PASSPHRASE
                ? fieldTexts.errorOf("password", field)
                : fieldTexts.errorOf(field);
    }

    Problem invalidFields(List<FieldError> errors) {
        String sentences = errors.stream().map(FieldError::detail).collect(Collectors.joining(" "));
        return of(ProblemType.INVALID_FIELDS, "fields", sentences).withErrors(errors);
    }

    Problem invalidPassphrase(String field, InvalidField why) {
        return invalidFields(List.of(fieldTexts.errorOf(field, why)));
    }

    Problem photo(PhotoResult.Reason reason) {
        ProblemType type = switch (reason) {
            case TOO_LARGE, TOO_MANY_PIXELS -> ProblemType.TOO_LARGE;
            case UNSUPPORTED, DAMAGED -> ProblemType.UNSUPPORTED_PHOTO;
        };
        return Problem.ofField(type, ProfileField.PHOTO.key(), fieldTexts.sentence(reason));
    }

    Problem wait(String key, Duration wait) {
        long seconds = Problem.seconds(wait);
        return of(ProblemType.TOO_MANY_REQUESTS, key, seconds).withRetryAfter(wait);
    }

    FieldError missing(String field) {
        return FieldError.of(field, texts.text("missing", field));
    }

    /** The text of a field without which a call makes no sense. */
    String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new ProblemException(invalidFields(List.of(missing(field))));
        }
        return value;
    }
}
