package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.membership.ConfirmationService;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why no mail goes to somebody, and the way back: one mail, whose link proves the mailbox anew. */
@Controller(MailboxController.PATH)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MailboxController {
    static final String PATH = "/account/mailbox";

    private final ConfirmationService confirmations;
    private final OwnForms forms;
    private final CallerAddressResolver callers;
    private final AccountPages pages;
    private final Texts texts;

    MailboxController(
            ConfirmationService confirmations,
            OwnForms forms,
            CallerAddressResolver callers,
            AccountPages pages,
            @Named("messages") Texts texts) {
        this.confirmations = confirmations;
        this.forms = forms;
        this.callers = callers;
        this.pages = pages;
        this.texts = texts;
    }

    /** @param mailed whether the mail was asked for just now, as the answer to the page's own form leads here */
    @Get("{?mailed}")
    HttpResponse<?> show(HttpRequest<?> request, PageSession session, @Nullable @QueryValue String mailed) {
        return page(request, session, HttpStatus.OK, "yes".equals(mailed), null);
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> tryAgain(HttpRequest<?> request, PageSession session) {
        forms.check(request, session);
        Account account = session.account();
        if (!account.undeliverable()) {
            return HttpResponse.seeOther(SignInController.ACCOUNT);
        }
        return switch (confirmations.tryMailbox(account, Caller.page(callers.of(request)))) {
            case LinkOutcome.Accepted accepted -> HttpResponse.seeOther(URI.create(PATH + "?mailed=yes"));
            case LinkOutcome.LimitReached limit ->
                page(
                                request,
                                session,
                                HttpStatus.TOO_MANY_REQUESTS,
                                false,
                                texts.text(pages.speakTo(request, session), "own.email.wait", limit.retryAfter()))
                        .header(HttpHeaders.RETRY_AFTER, String.valueOf(Problem.seconds(limit.retryAfter())));
        };
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request, PageSession session, HttpStatus status, boolean mailed, @Nullable String wait) {
        Account account = session.account();
        Optional<String> why = why(account, texts, pages.speakTo(request, session));
        return why.isPresent()
                ? pages.show(
                        request,
                        session,
                        status,
                        "mailbox",
                        "why",
                        why.get(),
                        "email",
                        account.email().value(),
                        "mailed",
                        mailed,
                        "wait",
                        wait)
                : HttpResponse.seeOther(SignInController.ACCOUNT);
    }

    /** The sentence that says why no mail goes there; empty where mail does. */
    static Optional<String> why(Account account, Texts texts, Locale locale) {
        Instant since = account.undeliverableSince();
        Undeliverable why = account.undeliverableWhy();
        if (since == null || why == null) {
            return Optional.empty();
        }
        String key = switch (why) {
            case BOUNCE -> "own.mailbox.bounce";
            case COMPLAINT -> "own.mailbox.complaint";
        };
        return Optional.of(texts.text(locale, key, Texts.moment(locale, since)));
    }
}
