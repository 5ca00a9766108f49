package dev.latchkey.api.account;

import dev.latchkey.http.CallLanguage;
import dev.latchkey.text.Texts;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The sentences of the account API, from {@code i18n/account.properties}. */
@Singleton
final class AccountTexts {
    private final Texts texts = new Texts("account");

    String text(String key, @Nullable Object... values) {
        return texts.text(CallLanguage.among(texts), key, values);
    }
}
