package dev.latchkey.web.edit;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.typed.TypedTexts;
import dev.latchkey.text.Languages;
import dev.latchkey.web.DeadLinkPages;
import dev.latchkey.web.DeadLinkPages.Field;
import dev.latchkey.web.DeadLinkPages.InVain;
import dev.latchkey.web.LanguageChoices;
import dev.latchkey.web.session.OwnCookies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Forms that were sent in vain, as their link had ended. What was typed stays on the page that says so, and comes back in
 * the same browser, known by a cookie, behind a fresh link of the same account.
 */
@Singleton
final class UnsavedForms {
    private static final String COOKIE = "latchkey-typed";
    private static final int RANDOM_BITS = 160;
    private static final Pattern OURS = Pattern.compile("[0-9a-z]{20,40}");

    private final TypedTexts typed;
    private final OwnCookies cookies;
    private final DeadLinkPages deadLinks;
    private final Languages locales;
    private final SecureRandom random;

    UnsavedForms(
            TypedTexts typed, OwnCookies cookies, DeadLinkPages deadLinks, Languages locales, SecureRandom random) {
        this.typed = typed;
        this.cookies = cookies;
        this.deadLinks = deadLinks;
        this.locales = locales;
        this.random = random;
    }

    /** Explains a link that opens nothing; to who typed something in this browser before, with that. */
    MutableHttpResponse<?> explain(HttpRequest<?> request, String token, Inspection.Refused refusal) {
        UUID owner = refusal.accountId();
        Map<ProfileField, String> texts = owner == null ? Map.of() : find(request, owner);
        return page(request, token, refusal, texts, true, false);
    }

    /** The same to who has just sent a form, which is kept for them where the link was somebody's. */
    MutableHttpResponse<?> explain(
            HttpRequest<?> request, String token, Inspection.Refused refusal, @Nullable EditForm form) {
        Map<ProfileField, String> texts = form == null ? Map.of() : form.typed();
        if (form == null || (texts.isEmpty() && form.photo() == null)) {
            return explain(request, token, refusal);
        }
        UUID owner = refusal.accountId();
        String browser = Optional.ofNullable(browser(request))
                .orElseGet(() -> new BigInteger(RANDOM_BITS, random).toString(Character.MAX_RADIX));
        boolean kept = owner != null && !texts.isEmpty() && typed.keep(owner, browser, texts);
        MutableHttpResponse<?> page = page(request, token, refusal, texts, kept, form.photo() != null);
        if (kept) {
            Cookie cookie = cookies.of(COOKIE, browser).maxAge(TypedTexts.KEPT);
            page.cookie(cookie);
        }
        return page;
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request,
            String token,
            Inspection.Refused refusal,
            Map<ProfileField, String> texts,
            boolean kept,
            boolean photo) {
        deadLinks.speakTo(request, refusal);
        Locale locale = locales.resolveOrDefault(request);
        List<Field> fields = EditForm.FIELDS.stream()
                .filter(texts::containsKey)
                .map(field -> new Field(
                        field.key(),
                        LanguageChoices.inWords(field, texts.getOrDefault(field, ""), locale),
                        field == ProfileField.BIO))
                .toList();
        InVain inVain = fields.isEmpty() && !photo ? null : new InVain(fields, kept, photo);
        return deadLinks.explainAt(request, EditController.address(token), refusal, inVain);
    }

    /** What somebody typed for an account in this browser, and never saved; empty where nothing is kept. */
    Map<ProfileField, String> find(HttpRequest<?> request, UUID accountId) {
        String browser = browser(request);
        return browser == null ? Map.of() : typed.of(accountId, browser);
    }

    /** Forgets it: it was saved, or is not wanted any more. */
    void forget(HttpRequest<?> request, UUID accountId) {
        String browser = browser(request);
        if (browser != null) {
            typed.forget(accountId, browser);
        }
    }

    /** What scripts know an account by. */
    String nameOf(UUID accountId) {
        return typed.nameOf(accountId);
    }

    private @Nullable String browser(HttpRequest<?> request) {
        String cookie = cookies.find(request, COOKIE);
        return cookie != null && OURS.matcher(cookie).matches() ? cookie : null;
    }
}
