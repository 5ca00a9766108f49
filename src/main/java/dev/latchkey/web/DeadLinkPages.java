package dev.latchkey.web;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.TokenEpoch;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Explains links that open nothing, and offers a fresh one where there is somebody to send it to. */
@Singleton
public final class DeadLinkPages {
    /** Links lie about in mailboxes; whoever opens one later than this is not helped by the reason. */
    private static final Duration RESTORED_LATELY = Duration.ofDays(30);

    private final Languages locales;
    private final PreferredLanguages languages;
    private final TokenEpoch epoch;
    private final Clock clock;

    DeadLinkPages(Languages locales, PreferredLanguages languages, TokenEpoch epoch, Clock clock) {
        this.locales = locales;
        this.languages = languages;
        this.epoch = epoch;
        this.clock = clock;
    }

    /**
     * The page for a link that opens nothing, and that can be mailed anew.
     *
     * @param address of what the link opened
     * @param inVain what was typed into its form, for its author to keep; absent where nothing was
     */
    public MutableHttpResponse<?> explainAt(
            HttpRequest<?> request, String address, Inspection.Refused refusal, @Nullable InVain inVain) {
        return explain(request, refusal, "dead", new Way("/", address + "/resend", "/link"), inVain);
    }

    /** The same for a link that signs in. */
    public MutableHttpResponse<?> explainSignIn(HttpRequest<?> request, String address, Inspection.Refused refusal) {
        return explain(
                request,
                refusal.withoutChanges(),
                "in.dead",
                new Way("/account", address + "/resend", "/account/link"),
                null);
    }

    /**
     * The page for a link that nobody mails anew.
     *
     * @param words what the texts for it begin with, such as {@code undo.dead}
     * @param next where to go from here
     */
    public MutableHttpResponse<?> explain(
            HttpRequest<?> request, Inspection.Refused refusal, String words, String next) {
        return explain(request, refusal, words, new Way(next, null, null), null);
    }

    private MutableHttpResponse<?> explain(
            HttpRequest<?> request, Inspection.Refused refusal, String words, Way way, @Nullable InVain inVain) {
        speakTo(request, refusal);
        Locale locale = locales.resolveOrDefault(request);
        boolean unknown = refusal.reason() == Inspection.Reason.UNKNOWN;
        return Pages.show(
                unknown ? HttpStatus.NOT_FOUND : HttpStatus.GONE,
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
                "restoredAt",
                unknown ? restoredLately(locale) : null,
                "next",
                way.next(),
                "resend",
                refusal.issued() ? way.resend() : null,
                "ask",
                unknown ? way.ask() : null,
                "identifier",
                "",
                "errors",
                Map.of());
    }

    /** Whose link is not known may have got it before a backup was restored, and did nothing wrong. */
    private @Nullable Moment restoredLately(Locale locale) {
        Instant since = epoch.since();
        return since == null || since.plus(RESTORED_LATELY).isBefore(clock.instant()) ? null : Moment.of(since, locale);
    }

    /** Answers in the language of whoever's link it was. */
    public void speakTo(HttpRequest<?> request, Inspection.Refused refusal) {
        UUID owner = refusal.accountId();
        if (owner != null) {
            languages.of(owner).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        }
    }

    /**
     * Where to go from a link that opens nothing.
     *
     * @param next a page
     * @param resend what mails a fresh one where this one was issued; absent where nobody does
     * @param ask what mails one to whoever says who they are, where nobody knows whose link it was; absent likewise
     */
    private record Way(
            String next, @Nullable String resend, @Nullable String ask) {}

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
