package dev.latchkey.assistant;

import dev.latchkey.http.FieldError;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that assistants are told, from {@code i18n/assistant.properties}, in the language of the call at hand. */
@Singleton
public final class AssistantTexts {
    private final Texts texts;
    private final Texts names;

    AssistantTexts(@Named("assistant") Texts texts, @Named("fields") Texts names) {
        this.texts = texts;
        this.names = names;
    }

    /** The sentence for a key, filled in. */
    public String text(String key, @Nullable Object... values) {
        return texts.text(key, values);
    }

    /** The language of the call at hand, among those that there are texts in. */
    Locale language() {
        return Languages.ofCall(texts);
    }

    /** All sentences whose keys begin with this, by the rest of their keys. */
    Map<String, String> under(String prefix) {
        return texts.under(language(), prefix);
    }

    /** Whether the call itself says which language it wants, so that nobody else's matters. */
    boolean isLanguageAsked(HttpRequest<?> request) {
        return Languages.isAsked(request, texts);
    }

    /** Fields that cannot be kept, as one problem whose sentence under this key repeats what is wrong with each. */
    public Problem invalid(String key, List<FieldError> errors) {
        String sentences = errors.stream().map(FieldError::detail).collect(Collectors.joining(" "));
        return Problem.of(ProblemType.INVALID_FIELDS, text(key, sentences)).withErrors(errors);
    }

    /** Names of fields of a profile, as people call them. */
    public String fields(Collection<String> keys) {
        return Texts.list(
                language(), keys.stream().map(key -> names.text("field." + key)).toList());
    }
}
