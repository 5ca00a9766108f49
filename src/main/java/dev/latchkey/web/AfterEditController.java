package dev.latchkey.web;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.profile.ProfileField;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a link leads to once its work is done: what was saved with it, and a fresh one. */
@Controller("/edit/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AfterEditController {
    private final LinkInspector inspector;
    private final LinkRequestService links;
    private final CallerAddressResolver callers;
    private final DeadLinkPages deadLinks;
    private final Pages pages;

    AfterEditController(
            LinkInspector inspector,
            LinkRequestService links,
            CallerAddressResolver callers,
            DeadLinkPages deadLinks,
            Pages pages) {
        this.inspector = inspector;
        this.links = links;
        this.callers = callers;
        this.deadLinks = deadLinks;
        this.pages = pages;
    }

    /** Where it is told what was saved, below the address of the form. */
    static String saved(List<String> dropped) {
        return dropped.isEmpty() ? "/saved" : "/saved?dropped=" + String.join(",", dropped);
    }

    /**
     * Told from the link's history, so it may be reloaded for as long as that is kept.
     *
     * @param dropped names of the fields whose proposals were not taken; they went with the link
     */
    @Get("/saved{?dropped}")
    HttpResponse<?> saved(HttpRequest<?> request, String token, @Nullable String dropped) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused ->
                refused.reason() == Inspection.Reason.USED
                        ? saved(request, refused, dropped)
                        : deadLinks.explain(request, token, refused, null);
        };
    }

    private HttpResponse<?> saved(HttpRequest<?> request, Inspection.Refused used, @Nullable String dropped) {
        deadLinks.speakTo(request, used);
        return Pages.show(
                HttpStatus.OK, "saved", "changed", used.changed(), "dropped", unchanged(dropped, used.changed()));
    }

    /** Whoever wrote something of their own instead has decided already. */
    private static List<String> unchanged(@Nullable String dropped, List<String> changed) {
        List<String> names = dropped == null ? List.of() : List.of(dropped.split(","));
        return Arrays.stream(ProfileField.values())
                .map(ProfileField::key)
                .filter(field -> names.contains(field) && !changed.contains(field))
                .toList();
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token, LinkPurpose.EDIT_PROFILE, callers.of(request))
                .<HttpResponse<?>>map(outcome -> pages.asked(request, outcome, true, EditController.address(token)))
                .orElseGet(() -> notIssued(request, token));
    }

    private HttpResponse<?> notIssued(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused -> deadLinks.explain(request, token, refused, null);
        };
    }
}
