package dev.latchkey.api.assistant;

import dev.latchkey.config.Texts;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The sentences that assistants are told, from {@code i18n/assistant.properties}. */
@Singleton
final class AssistantTexts {
    private final Texts texts = new Texts("assistant");

    String text(String key, @Nullable Object... values) {
        return texts.text(Texts.FALLBACK, key, values);
    }
}
