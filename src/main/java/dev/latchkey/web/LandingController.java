package dev.latchkey.web;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.text.InvisibleCharacters;
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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The start page and its form, which never tells whether an account exists. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LandingController {
    private static final String FIELD = "identifier";
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final LinkRequestService links;
    private final Forms forms;
    private final CallerAddressResolver callers;
    private final Pages pages;
    private final Texts texts;

    LandingController(
            LinkRequestService links,
            Forms forms,
            CallerAddressResolver callers,
            Pages pages,
            @Named("messages") Texts texts) {
        this.links = links;
        this.forms = forms;
        this.callers = callers;
        this.pages = pages;
        this.texts = texts;
    }

    @Get("/")
    HttpResponse<?> show() {
        return Pages.show(HttpStatus.OK, "landing", FIELD, "", "errors", Map.of());
    }

    @Post("/link")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> ask(HttpRequest<?> request) {
        String typed;
        try (Form form = forms.form(request)) {
            typed = Objects.requireNonNullElse(form.text(FIELD), "");
        }
        // People copy PINs with the spaces that made them readable.
        String compact = InvisibleCharacters.remove(typed);
        Optional<Subject> subject = DIGITS.matcher(compact).matches()
                ? Pin.parse(compact).map(Subject.ByPin::new)
                : EmailAddress.parse(typed).map(Subject.ByEmail::new);
        return subject.<HttpResponse<?>>map(known -> send(request, known)).orElseGet(() -> refuse(typed, compact));
    }

    private HttpResponse<?> send(HttpRequest<?> request, Subject subject) {
        return pages.asked(request, links.requestConcealed(subject, Caller.page(callers.of(request))), false, "/");
    }

    private HttpResponse<?> refuse(String typed, String compact) {
        String error;
        if (compact.isEmpty()) {
            error = "landing.identifier.missing";
        } else if (DIGITS.matcher(compact).matches()) {
            error = "landing.identifier.pin";
        } else {
            error = "landing.identifier.email";
        }
        String text = texts.text(error);
        return Pages.show(HttpStatus.UNPROCESSABLE_ENTITY, "landing", FIELD, typed, "errors", Map.of(FIELD, text));
    }
}
