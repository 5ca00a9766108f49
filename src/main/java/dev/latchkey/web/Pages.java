package dev.latchkey.web;

import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.ModelAndView;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with a view, and the pages that several controllers end in. */
@Singleton
public final class Pages {
    static final String LEADS_TO = "latchkey.forms-lead-to";

    private final Languages locales;
    private final Clock clock;

    Pages(Languages locales, Clock clock) {
        this.locales = locales;
        this.clock = clock;
    }

    /** A constant as the texts call it. */
    public static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A view with its model.
     *
     * @param namesAndValues in turn; a value that is absent is left out, which templates see as null
     */
    public static MutableHttpResponse<?> show(HttpStatus status, String view, @Nullable Object... namesAndValues) {
        Map<String, Object> model = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                model.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return HttpResponse.status(status).contentType(MediaType.TEXT_HTML_TYPE).body(new ModelAndView<>(view, model));
    }

    /**
     * Lets the forms of a page lead elsewhere: browsers refuse a redirect after a form that the page's policy does not
     * name.
     *
     * @param source what may follow, in the words of {@code form-action}
     */
    public static MutableHttpResponse<?> leadingTo(MutableHttpResponse<?> page, String source) {
        page.setAttribute(LEADS_TO, source);
        return page;
    }

    /**
     * A link was asked for.
     *
     * @param known whether the reader showed that there is an account; everybody else is not told
     * @param back where one may ask again
     */
    public MutableHttpResponse<?> asked(HttpRequest<?> request, LinkOutcome outcome, boolean known, String back) {
        return switch (outcome) {
            case LinkOutcome.Accepted accepted -> linkSent(accepted.matchPhrase(), known, back);
            case LinkOutcome.LimitReached limit -> wait(request, limit, back);
        };
    }

    private static MutableHttpResponse<?> linkSent(String matchPhrase, boolean known, String back) {
        return show(HttpStatus.OK, "link-sent", "matchPhrase", matchPhrase, "known", known, "back", back);
    }

    /** Too many links were asked for; tells when the next one may be. */
    private MutableHttpResponse<?> wait(HttpRequest<?> request, LinkOutcome.LimitReached limit, String back) {
        Duration wait = limit.retryAfter();
        Locale locale = locales.resolveOrDefault(request);
        // Shown to the minute, so rounded up to one.
        Instant until = clock.instant().plus(wait).plusSeconds(59).truncatedTo(ChronoUnit.MINUTES);
        return show(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "link-wait",
                        "until",
                        Moment.of(until, locale),
                        "byCaller",
                        limit.byCaller(),
                        "back",
                        back)
                .header("Retry-After", String.valueOf(Problem.seconds(wait)));
    }
}
