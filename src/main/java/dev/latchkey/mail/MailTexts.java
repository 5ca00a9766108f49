package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The texts of the mails ({@code i18n/mail.properties}); English where a language has none. */
@Singleton
final class MailTexts {
    private static final String BUNDLE = "i18n.mail";

    /** Without the JVM's own locale in between: a French reader must not get German because the server is German. */
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** The text with its {@code {0}}, {@code {1}}, ... filled in. */
    String text(Locale locale, String code, @Nullable Object... values) {
        String raw = bundle(locale).getString(code);
        StringBuilder text = new StringBuilder(raw);
        for (int i = 0; i < values.length; i++) {
            String place = "{" + i + "}";
            int at = text.indexOf(place);
            if (at >= 0) {
                text.replace(at, at + place.length(), String.valueOf(values[i]));
            }
        }
        return text.toString();
    }

    /** The language that a reader of this locale is really written to in. */
    Locale written(Locale locale) {
        Locale found = bundle(locale).getLocale();
        return found.equals(Locale.ROOT) ? Locale.ENGLISH : found;
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(BUNDLE, locale, MailTexts.class.getClassLoader(), EXACT);
    }
}
