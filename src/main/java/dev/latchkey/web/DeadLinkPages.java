package dev.latchkey.web;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Explains links that open nothing, and offers a fresh one where there is somebody to send it to. */
@Singleton
public final class DeadLinkPages {
    private final Languages locales;
    private final PreferredLanguages languages;

    DeadLinkPages(Languages locales, PreferredLanguages languages) {
        this.locales = locales;
        this.languages = languages;
    }

    /**
     * The page for a link that opens nothing, and that can be mailed anew.
     *
     * @param address of what the link opened
     * @param inVain what was typed into its form, for its author to keep; absent where nothing was
     */
    public MutableHttpResponse<?> explainAt(
            HttpRequest<?> request, String address, Inspection.Refused refusal, @Nullable InVain inVain) {
        return explain(request, refusal, "dead", "/", inVain, refusal.issued() ? address + "/resend" : null);
    }

    /** The same for a link that signs in. */
    public MutableHttpResponse<?> explainSignIn(HttpRequest<?> request, String address, Inspection.Refused refusal) {
        return explain(
                request,
                refusal.withoutChanges(),
                "in.dead",
                "/account",
                null,
                refusal.issued() ? address + "/resend" : null);
    }

    /**
     * The page for a link that nobody mails anew.
     *
     * @param words what the texts for it begin with, such as {@code undo.dead}
     * @param next where to go from here
     */
    public MutableHttpResponse<?> explain(
            HttpRequest<?> request, Inspection.Refused refusal, String words, String next) {
        return explain(request, refusal, words, next, null, null);
    }

    private MutableHttpResponse<?> explain(
            HttpRequest<?> request,
            Inspection.Refused refusal,
            String words,
            String next,
            @Nullable InVain inVain,
            @Nullable String resend) {
        speakTo(request, refusal);
        Locale locale = locales.resolveOrDefault(request);
        HttpStatus status = refusal.reason() == Inspection.Reason.UNKNOWN ? HttpStatus.NOT_FOUND : HttpStatus.GONE;
        return Pages.show(
                status,
                "link-dead",
                "words",
                words,
                "reason",
                Pages.key(refusal.reason()),
                "endedAt",
                refusal.since() == null ? null : Moment.of(refusal.since(), locale),
                "changed",
                refusal.changed(),
                "inVain",
                inVain,
                "next",
                next,
                "resend",
                resend);
    }

    /** Answers in the language of whoever's link it was. */
    public void speakTo(HttpRequest<?> request, Inspection.Refused refusal) {
        UUID owner = refusal.accountId();
        if (owner != null) {
            languages.of(owner).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        }
    }

    /**
     * What was typed into a form whose link had ended.
     *
     * @param fields what they held
     * @param kept whether it comes back behind a fresh link
     * @param photo whether a photo came with it, which does not
     */
    public record InVain(List<Field> fields, boolean kept, boolean photo) {}

    /**
     * A field of it.
     *
     * @param key as the texts call it
     * @param text in words
     * @param lines whether it may have several
     */
    public record Field(String key, String text, boolean lines) {}
}
