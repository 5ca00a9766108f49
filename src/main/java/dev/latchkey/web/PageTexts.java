package dev.latchkey.web;

import dev.latchkey.text.Texts;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The texts of the pages, from {@code i18n/messages.properties}. */
@Singleton
public final class PageTexts {
    /** The language of the file without a suffix, spoken to whoever speaks none of the others. */
    public static final Locale FALLBACK = Texts.FALLBACK;

    private final Texts texts = new Texts("messages");

    /** The languages there are texts for. */
    public Set<Locale> locales() {
        return texts.locales();
    }

    /** The text with its values filled in, or null when there is no such key; see {@link Texts#find}. */
    public @Nullable String find(Locale locale, String key, @Nullable Object... values) {
        return texts.find(locale, key, values);
    }

    /** As {@link #find}, for keys that exist. */
    public String text(Locale locale, String key, @Nullable Object... values) {
        return texts.text(locale, key, values);
    }
}
