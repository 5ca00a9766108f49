package dev.latchkey.web;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.text.Texts;
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
import jakarta.inject.Named;
import java.util.Map;

/** The start page and its form, which never tells whether an account exists. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LandingController {
    private final LinkRequestService links;
    private final Forms forms;
    private final CallerAddressResolver callers;
    private final LinkPages pages;
    private final Texts texts;

    LandingController(
            LinkRequestService links,
            Forms forms,
            CallerAddressResolver callers,
            LinkPages pages,
            @Named("messages") Texts texts) {
        this.links = links;
        this.forms = forms;
        this.callers = callers;
        this.pages = pages;
        this.texts = texts;
    }

    @Get("/")
    HttpResponse<?> show() {
        return Pages.showAll("landing", Identifier.FIELD, "", "errors", Map.of());
    }

    @Post("/link")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> ask(HttpRequest<?> request) {
        Identifier typed;
        try (Form form = forms.form(request)) {
            typed = Identifier.in(form);
            if (Identifier.isToCorrect(form)) {
                return form(typed);
            }
        }
        return typed.subject()
                .<HttpResponse<?>>map(subject -> send(request, typed, subject))
                .orElseGet(() -> refuse(typed));
    }

    private HttpResponse<?> send(HttpRequest<?> request, Identifier typed, Subject subject) {
        LinkOutcome outcome = links.requestConcealed(subject, Caller.page(callers.of(request)));
        return pages.asked(request, outcome, LinkPages.Way.of(typed, "/", "/link"));
    }

    private static HttpResponse<?> form(Identifier typed) {
        return Pages.show(HttpStatus.OK, "landing", Identifier.FIELD, typed.text(), "errors", Map.of());
    }

    private HttpResponse<?> refuse(Identifier typed) {
        return Pages.show(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "landing",
                Identifier.FIELD,
                typed.text(),
                "errors",
                Map.of(Identifier.FIELD, texts.text(typed.error())));
    }
}
