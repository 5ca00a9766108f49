package dev.latchkey.web.account;

import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.membership.leaving.ClosingOutcome;
import dev.latchkey.membership.leaving.ClosingService;
import dev.latchkey.session.PageSession;
import dev.latchkey.web.Moment;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.OwnForms;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Map;

/** Closes the account for its owner. What comes after it is said to anybody, as nobody is signed in any more. */
@Controller("/account")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LeavingController {
    private final ClosingService closings;
    private final OwnForms forms;
    private final OwnerForms owners;
    private final AccountPages pages;
    private final SignedInBrowsers browsers;

    LeavingController(
            ClosingService closings, OwnForms forms, OwnerForms owners, AccountPages pages, SignedInBrowsers browsers) {
        this.closings = closings;
        this.forms = forms;
        this.owners = owners;
        this.pages = pages;
        this.browsers = browsers;
    }

    @Get("/delete")
    HttpResponse<?> show(HttpRequest<?> request, PageSession session) {
        return page(request, session, HttpStatus.OK, Map.of());
    }

    @Post("/delete")
    @Consumes(MediaType.ALL)
    HttpResponse<?> close(HttpRequest<?> request, PageSession session) {
        try (Form form = forms.read(request, session)) {
            Map<String, String> missing = owners.missing(request, session, form);
            if (!missing.isEmpty()) {
                return page(request, session, HttpStatus.UNPROCESSABLE_ENTITY, missing);
            }
            return switch (closings.close(owners.check(request, session, form))) {
                case ClosingOutcome.Closed closed -> gone(request, "/account/closed");
                case ClosingOutcome.Erased erased -> gone(request, "/account/erased");
                case ClosingOutcome.NotProven wrong ->
                    page(request, session, HttpStatus.UNPROCESSABLE_ENTITY, owners.wrong(request, session));
                case ClosingOutcome.SlowedDown slow ->
                    page(
                                    request,
                                    session,
                                    HttpStatus.TOO_MANY_REQUESTS,
                                    owners.slow(request, session, slow.retryAfter()))
                            .header(HttpHeaders.RETRY_AFTER, String.valueOf(Problem.seconds(slow.retryAfter())));
            };
        }
    }

    private HttpResponse<?> gone(HttpRequest<?> request, String where) {
        return browsers.forget(request, HttpResponse.seeOther(URI.create(where)));
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request, PageSession session, HttpStatus status, Map<String, String> errors) {
        Moment eraseAt = Moment.of(closings.eraseAt(), pages.speakTo(request, session));
        boolean verified = session.account().verified();
        return pages.show(
                request,
                session,
                status,
                "delete",
                owners.model(session, errors, "eraseAt", eraseAt, "verified", verified));
    }

    @Get("/closed")
    HttpResponse<?> closed() {
        return Pages.show(HttpStatus.OK, "account/closed");
    }

    @Get("/erased")
    HttpResponse<?> erased() {
        return Pages.show(HttpStatus.OK, "account/erased");
    }
}
