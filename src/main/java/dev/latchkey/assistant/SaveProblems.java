package dev.latchkey.assistant;

import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.ProfileField;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.stream.Stream;

/** Says why a change was not saved with a link, which then lives on. */
@Singleton
public final class SaveProblems {
    private final AssistantTexts texts;
    private final FieldTexts fieldTexts;

    SaveProblems(AssistantTexts texts, FieldTexts fieldTexts) {
        this.texts = texts;
        this.fieldTexts = fieldTexts;
    }

    /** Why a change cannot be kept. */
    public Problem of(ChangeRefused refused) {
        return switch (refused) {
            case ChangeRefused.InvalidFields invalid ->
                texts.invalid(
                        "save.invalid",
                        Stream.concat(
                                        invalid.fields().stream().map(fieldTexts::errorOf),
                                        Stream.ofNullable(invalid.photo())
                                                .flatMap(photo -> of(photo).errors().stream()))
                                .toList());
            case ChangeRefused.PhotoRefused photo -> photo(photo.reason());
            case ChangeRefused.TooManyUploads many ->
                Problem.of(ProblemType.TOO_MANY_REQUESTS, texts.text("save.uploads", many.retryAfter()))
                        .withRetryAfter(many.retryAfter());
        };
    }

    private Problem photo(PhotoResult.Reason reason) {
        ProblemType type = switch (reason) {
            case TOO_LARGE, TOO_MANY_PIXELS -> ProblemType.TOO_LARGE;
            case UNSUPPORTED, HEIC, DAMAGED -> ProblemType.UNSUPPORTED_PHOTO;
        };
        String detail = texts.text("save.photo." + reason.name().toLowerCase(Locale.ROOT));
        return Problem.ofField(type, ProfileField.PHOTO.key(), detail);
    }
}
