package dev.latchkey.web.site;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.Support;
import dev.latchkey.config.OAuthSettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What others look for below {@code /.well-known} (RFC 8615) to know whose this server is. */
@Controller("/.well-known")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class WellKnownController {
    /** RFC 9116 wants it to lie less than a year ahead; somebody has to have looked after the server since. */
    private static final Duration CONTACT_GOOD_FOR = Duration.ofDays(90);

    private final LatchkeySettings settings;
    private final @Nullable String challenge;
    private final BaseUrl baseUrl;
    private final Problems problems;
    private final SignedInBrowsers browsers;
    private final Clock clock;

    WellKnownController(
            LatchkeySettings settings,
            OAuthSettings directory,
            BaseUrl baseUrl,
            Problems problems,
            SignedInBrowsers browsers,
            Clock clock) {
        this.settings = settings;
        String token = directory.openaiChallenge();
        this.challenge = token == null || token.isBlank() ? null : token.strip();
        this.baseUrl = baseUrl;
        this.problems = problems;
        this.browsers = browsers;
        this.clock = clock;
    }

    /** By which OpenAI sees that whoever submits the app runs this server: the token of its form and nothing else. */
    @Get("/openai-apps-challenge")
    HttpResponse<?> challenge(HttpRequest<?> request) {
        return plain(request, challenge);
    }

    /**
     * Where a passphrase is changed, for password managers (W3C, A Well-Known URL for Changing Passwords); whoever is not
     * signed in does that first.
     */
    @Get("/change-password")
    HttpResponse<?> changePassword(HttpRequest<?> request) {
        String page = browsers.find(request).isPresent() ? "/account/profile#passphrase" : "/account?to=profile";
        return HttpResponse.seeOther(URI.create(page)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Whom to tell of a weakness (RFC 9116); not there without {@code LATCHKEY_SUPPORT}, as a contact is required. */
    @Get("/security.txt")
    HttpResponse<?> security(HttpRequest<?> request) {
        Support support = settings.contact();
        return plain(
                request,
                support == null
                        ? null
                        : """
                Contact: %s
                Expires: %s
                Canonical: %s
                Preferred-Languages: en
                """.formatted(
                                        support.uri(),
                                        clock.instant().plus(CONTACT_GOOD_FOR).truncatedTo(ChronoUnit.DAYS),
                                        baseUrl.resolve("/.well-known/security.txt")));
    }

    private HttpResponse<?> plain(HttpRequest<?> request, @Nullable String text) {
        return text == null
                ? problems.respond(request, Problem.of(ProblemType.NOT_FOUND))
                : HttpResponse.ok(text)
                        .contentType("text/plain;charset=utf-8")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
