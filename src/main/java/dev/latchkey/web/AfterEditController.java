package dev.latchkey.web;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRefusal;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.RequestOutcome;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;

/** What a link leads to once its work is done: what was saved with it, and a fresh one. */
@Controller("/edit/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AfterEditController {
    private final LinkInspector inspector;
    private final LinkRequestService links;
    private final DeadLinkPages deadLinks;
    private final Pages pages;

    AfterEditController(LinkInspector inspector, LinkRequestService links, DeadLinkPages deadLinks, Pages pages) {
        this.inspector = inspector;
        this.links = links;
        this.deadLinks = deadLinks;
        this.pages = pages;
    }

    /** Told from the link's history, so it may be reloaded for as long as that is kept. */
    @Get("/saved")
    HttpResponse<?> saved(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused ->
                refused.reason() == LinkRefusal.USED
                        ? saved(request, refused)
                        : deadLinks.explain(request, token, refused, null);
        };
    }

    private HttpResponse<?> saved(HttpRequest<?> request, Inspection.Refused used) {
        deadLinks.speakTo(request, used);
        return Pages.show(HttpStatus.OK, "saved", Model.of("changed", used.changed()));
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token)
                .<HttpResponse<?>>map(outcome -> switch (outcome) {
                    case RequestOutcome.Accepted accepted -> Pages.linkSent(accepted.matchPhrase(), true);
                    case RequestOutcome.LimitReached limit ->
                        pages.wait(request, limit.retryAfter(), EditController.address(token));
                    case RequestOutcome.UserNotFound unknown -> throw new IllegalStateException("The account is known");
                    case RequestOutcome.AccountBlocked blocked -> throw new IllegalStateException("Never told here");
                })
                .orElseGet(() -> notIssued(request, token));
    }

    private HttpResponse<?> notIssued(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused -> deadLinks.explain(request, token, refused, null);
        };
    }
}
