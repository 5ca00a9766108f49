package dev.latchkey.api.account;

import dev.latchkey.http.FieldError;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The refusals of the account API; their sentences come from {@code i18n/account.properties}. */
@Singleton
final class AccountAnswers {
    private static final InvalidField TAKEN = new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.TAKEN);

    private final Texts texts;
    private final FieldTexts fieldTexts;
    private final Problems problems;

    AccountAnswers(@Named("account") Texts texts, FieldTexts fieldTexts, Problems problems) {
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        this.problems = problems;
    }

    HttpResponse<?> refuse(HttpRequest<?> request, Problem problem) {
        return problems.respond(request, problem);
    }

    HttpResponse<?> refuse(HttpRequest<?> request, ProblemType type, String key) {
        return refuse(request, of(type, key));
    }

    Problem of(ProblemType type, String key, @Nullable Object... values) {
        return Problem.of(type, text(key, values));
    }

    Problem ofField(ProblemType type, String field, String key, @Nullable Object... values) {
        return Problem.ofField(type, field, text(key, values));
    }

    String text(String key, @Nullable Object... values) {
        return texts.text(key, values);
    }

    Problem invalid(ChangeRefused.InvalidFields invalid) {
        if (!(invalid.photo() instanceof ChangeRefused.PhotoRefused photo)) {
            return invalid(invalid.fields());
        }
        List<FieldError> errors =
                new ArrayList<>(invalid.fields().stream().map(this::error).toList());
        errors.addAll(photo(photo.reason()).errors());
        return invalidFields(errors);
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
            case UNSUPPORTED, HEIC, DAMAGED -> ProblemType.UNSUPPORTED_PHOTO;
        };
        return Problem.ofField(type, ProfileField.PHOTO.key(), fieldTexts.sentence(reason));
    }

    Problem wait(String key, Duration wait) {
        return of(ProblemType.TOO_MANY_REQUESTS, key, wait).withRetryAfter(wait);
    }

    FieldError missing(String field) {
        return FieldError.of(field, text("missing", field));
    }

    /** The text of a field without which a call makes no sense. */
    String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new ProblemException(invalidFields(List.of(missing(field))));
        }
        return value;
    }
}
