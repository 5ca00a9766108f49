package dev.latchkey.web;

import dev.latchkey.config.LinkSettings;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Waits;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages after somebody asked for a link: where to look for it, or how long to wait, and the way on from there. */
@Singleton
public final class LinkPages {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Languages locales;
    private final SenderAddress sender;
    private final Duration usualWait;

    LinkPages(Languages locales, MailSettings mails, LinkSettings settings) {
        this.locales = locales;
        this.sender = mails.sender();
        this.usualWait = MINUTE.dividedBy(Math.max(1, settings.linksPerMinute()));
    }

    /**
     * Where a link was asked for, and can be again.
     *
     * @param back the page that one came from
     * @param again where the same form goes once more
     * @param typed whom it names; absent where whoever asked showed that there is an account, which nobody else is told
     * @param csrf what the form carries where somebody is signed in
     */
    public record Way(
            String back,
            String again,
            @Nullable Identifier typed,
            @Nullable String csrf) {

        /** Of who typed an address or a PIN. */
        public static Way of(Identifier typed, String back, String again) {
            return new Way(back, again, typed, null);
        }

        /** Of who holds a link that works no more. */
        public static Way ofLink(String address) {
            return new Way(address, address + "/resend", null, null);
        }
    }

    /** Where to look for a mail: who it is from, and the mailboxes to open. */
    public record Mailbox(SenderAddress sender, List<MailProviders.Provider> providers) {}

    /**
     * Asking once more.
     *
     * @param seconds until then, for the script
     * @param inWords the same for people
     */
    public record Again(Way way, long seconds, String inWords) {}

    /** A link was asked for. */
    public MutableHttpResponse<?> asked(HttpRequest<?> request, LinkOutcome outcome, Way way) {
        return switch (outcome) {
            case LinkOutcome.Accepted accepted ->
                Pages.show(
                        HttpStatus.OK,
                        "link-sent",
                        "matchPhrase",
                        accepted.matchPhrase(),
                        "mailbox",
                        mailbox(way),
                        "again",
                        again(request, way));
            case LinkOutcome.LimitReached limit -> wait(request, limit, way);
        };
    }

    /** Where to look for the mail that was asked for. */
    public Mailbox mailbox(Way way) {
        return new Mailbox(
                sender, MailProviders.offered(Optional.ofNullable(way.typed()).flatMap(Identifier::domain)));
    }

    /** When one more may be asked for, as a rule: whoever comes too early is told how long it really is. */
    public Again again(HttpRequest<?> request, Way way) {
        return again(request, way, usualWait);
    }

    private Again again(HttpRequest<?> request, Way way, Duration wait) {
        return new Again(way, Problem.seconds(wait), Waits.in(locales.resolveOrDefault(request), wait));
    }

    /** Too many links were asked for; tells when the next one may be. */
    private MutableHttpResponse<?> wait(HttpRequest<?> request, LinkOutcome.LimitReached limit, Way way) {
        Again again = again(request, way, limit.retryAfter());
        return Pages.show(HttpStatus.TOO_MANY_REQUESTS, "link-wait", "again", again, "byCaller", limit.byCaller())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(again.seconds()));
    }
}
