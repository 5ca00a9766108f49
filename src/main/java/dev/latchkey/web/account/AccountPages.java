package dev.latchkey.web.account;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Languages;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.OwnForms;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows pages of an account to its owner, in their language, each with the secret that its forms carry. */
@Singleton
final class AccountPages {
    private final Languages locales;
    private final PreferredLanguages languages;

    AccountPages(Languages locales, PreferredLanguages languages) {
        this.locales = locales;
        this.languages = languages;
    }

    /**
     * A view with its model, as {@link Pages#show} has it, and {@code csrf}.
     *
     * @param view below {@code views/account}
     */
    MutableHttpResponse<?> show(
            HttpRequest<?> request,
            PageSession session,
            HttpStatus status,
            String view,
            @Nullable Object... namesAndValues) {
        speakTo(request, session);
        @Nullable Object[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        all[namesAndValues.length] = OwnForms.CSRF;
        all[namesAndValues.length + 1] = session.csrf();
        return Pages.show(status, "account/" + view, all);
    }

    /** Answers in the language of whoever is signed in; returns it. */
    Locale speakTo(HttpRequest<?> request, PageSession session) {
        languages.of(session.accountId()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        return locales.resolveOrDefault(request);
    }
}
