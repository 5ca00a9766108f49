package dev.latchkey.web.account;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.Door;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.membership.moving.AskOutcome;
import dev.latchkey.membership.moving.MovingService;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Texts;
import dev.latchkey.web.session.OwnForms;
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
import jakarta.inject.Named;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks to move the account to another mailbox. Nothing here tells whether somebody has the address. */
@Controller("/account/email")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmailController {
    private static final String FIELD = "to";

    private final MovingService moves;
    private final OwnForms forms;
    private final OwnerForms owners;
    private final CallerAddressResolver callers;
    private final AccountPages pages;
    private final Texts texts;

    EmailController(
            MovingService moves,
            OwnForms forms,
            OwnerForms owners,
            CallerAddressResolver callers,
            AccountPages pages,
            @Named("messages") Texts texts) {
        this.moves = moves;
        this.forms = forms;
        this.owners = owners;
        this.callers = callers;
        this.pages = pages;
        this.texts = texts;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, PageSession session) {
        return page(request, session, HttpStatus.OK, "", Map.of());
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> ask(HttpRequest<?> request, PageSession session) {
        try (Form form = forms.read(request, session)) {
            String typed = Objects.requireNonNullElse(form.text(FIELD), "");
            Optional<EmailAddress> to = EmailAddress.parse(typed);
            Map<String, String> errors = new LinkedHashMap<>();
            if (to.isEmpty()) {
                errors.putAll(wrong(request, session, typed.isBlank() ? "own.email.missing" : "own.email.wrong"));
            }
            errors.putAll(owners.missing(request, session, form));
            return errors.isEmpty()
                    ? ask(request, session, form, typed, to.orElseThrow())
                    : page(request, session, HttpStatus.UNPROCESSABLE_ENTITY, typed, errors);
        }
    }

    private HttpResponse<?> ask(HttpRequest<?> request, PageSession session, Form form, String typed, EmailAddress to) {
        return switch (moves.ask(
                owners.check(request, session, form), to, Door.ACCOUNT_PAGE, Caller.page(callers.of(request)))) {
            case AskOutcome.Asked asked -> HttpResponse.seeOther(URI.create("/account/email"));
            case AskOutcome.Unchanged same -> {
                Map<String, String> errors = wrong(request, session, "own.email.same");
                yield page(request, session, HttpStatus.UNPROCESSABLE_ENTITY, typed, errors);
            }
            case AskOutcome.NotProven wrong -> {
                Map<String, String> errors = owners.wrong(request, session);
                yield page(request, session, HttpStatus.UNPROCESSABLE_ENTITY, typed, errors);
            }
            case AskOutcome.SlowedDown slow ->
                wait(request, session, typed, owners.slow(request, session, slow.retryAfter()), slow.retryAfter());
            case AskOutcome.LimitReached limit -> {
                Duration wait = limit.retryAfter();
                Map<String, String> errors = wrong(request, session, "own.email.wait", wait);
                yield wait(request, session, typed, errors, wait);
            }
        };
    }

    private Map<String, String> wrong(HttpRequest<?> request, PageSession session, String key, Object... values) {
        return Map.of(FIELD, texts.text(pages.speakTo(request, session), key, values));
    }

    private HttpResponse<?> wait(
            HttpRequest<?> request, PageSession session, String typed, Map<String, String> errors, Duration wait) {
        return page(request, session, HttpStatus.TOO_MANY_REQUESTS, typed, errors)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(Problem.seconds(wait)));
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request, PageSession session, HttpStatus status, String typed, Map<String, String> errors) {
        String pending =
                moves.pending(session.account()).map(EmailAddress::value).orElse(null);
        return pages.show(
                request, session, status, "email", owners.model(session, errors, FIELD, typed, "pending", pending));
    }
}
