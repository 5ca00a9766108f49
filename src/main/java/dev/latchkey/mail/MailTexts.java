package dev.latchkey.mail;

import dev.latchkey.text.Texts;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of the mails ({@code i18n/mail.properties}); English where a language has none. */
@Singleton
final class MailTexts {
    private final Texts texts = new Texts("mail");

    /**
     * The text with its {@code {0}}, {@code {1}}, ... filled in.
     *
     * @param locale a {@link #written} one
     */
    String text(Locale locale, String code, @Nullable Object... values) {
        return texts.text(locale, code, values);
    }

    /** The language that a reader of this locale is really written to in. */
    Locale written(Locale locale) {
        return texts.best(locale.toLanguageTag()).orElse(Texts.FALLBACK);
    }
}
