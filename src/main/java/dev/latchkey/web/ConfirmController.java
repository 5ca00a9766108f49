package dev.latchkey.web;

import dev.latchkey.account.Account;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.membership.ConfirmationOutcome;
import dev.latchkey.membership.ConfirmationService;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.session.SignInService;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.session.ExistingPassphrase;
import dev.latchkey.web.session.SignedInBrowsers;
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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page behind a link that confirms an address. Looking confirms nothing. Where somebody chose a passphrase before
 * the mailbox was proved, the page asks whose it is, and asks again where that was overlooked; silence from elsewhere means
 * a stranger's.
 */
@Controller("/confirm/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConfirmController {
    private static final String PASSPHRASE = "passphrase";

    private final ConfirmationService confirmations;
    private final LinkInspector inspector;
    private final LinkRequestService links;
    private final LinkStatusService statuses;
    private final SignInService signIns;
    private final SignedInBrowsers browsers;
    private final Forms forms;
    private final CallerAddressResolver callers;
    private final DeadLinkPages deadLinks;
    private final LinkPages pages;
    private final Texts texts;
    private final Languages locales;

    ConfirmController(
            ConfirmationService confirmations,
            LinkInspector inspector,
            LinkRequestService links,
            LinkStatusService statuses,
            SignInService signIns,
            SignedInBrowsers browsers,
            Forms forms,
            CallerAddressResolver callers,
            DeadLinkPages deadLinks,
            LinkPages pages,
            @Named("messages") Texts texts,
            Languages locales) {
        this.confirmations = confirmations;
        this.inspector = inspector;
        this.links = links;
        this.statuses = statuses;
        this.signIns = signIns;
        this.browsers = browsers;
        this.forms = forms;
        this.callers = callers;
        this.deadLinks = deadLinks;
        this.pages = pages;
        this.texts = texts;
        this.locales = locales;
    }

    private static String address(String token) {
        return "/confirm/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return answer(request, token, confirmations.look(token), null);
    }

    /** A form, or nothing at all for who has nothing to say but yes. */
    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> confirm(HttpRequest<?> request, String token) {
        if (!forms.isForm(request)) {
            return answer(request, token, confirmations.confirm(token, null, false), null);
        }
        try (Form form = forms.form(request)) {
            String typed = form.filled(PASSPHRASE);
            ExistingPassphrase existing = ExistingPassphrase.of(form);
            // A new one answers the question as well.
            return typed == null && existing.isOverlooked()
                    ? askAgain(request, token)
                    : answer(request, token, confirmations.confirm(token, typed, existing.isKept()), existing.said());
        }
    }

    private HttpResponse<?> askAgain(HttpRequest<?> request, String token) {
        ConfirmationOutcome looked = confirmations.look(token);
        if (looked instanceof ConfirmationOutcome.Opened opened
                && ExistingPassphrase.isOf(opened.view().account())) {
            statuses.noteOpened(opened.link());
            return page(
                    request, token, opened.view(), null, Map.of(ExistingPassphrase.NAME, ExistingPassphrase.MISSING));
        }
        return answer(request, token, confirmations.confirm(token, null, false), null);
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request, String token, ConfirmationOutcome outcome, @Nullable String existing) {
        return switch (outcome) {
            case ConfirmationOutcome.Confirmed confirmed -> {
                signIns.noteProof(confirmed.owner(), callers.of(request));
                yield browsers.signInByLink(
                        request, HttpResponse.seeOther(URI.create(address(token) + "/done")), confirmed.accountId());
            }
            case ConfirmationOutcome.Opened opened -> page(request, token, opened.view(), existing, Map.of());
            case ConfirmationOutcome.InvalidPassphrase invalid -> {
                statuses.noteOpened(invalid.link());
                String why =
                        "error." + PASSPHRASE + "." + Pages.key(invalid.why().reason());
                yield page(request, token, invalid.view(), existing, Map.of(PASSPHRASE, why));
            }
            case ConfirmationOutcome.LinkRefused refused -> dead(request, token, refused.refusal());
        };
    }

    /**
     * The page with its form.
     *
     * @param existing what was said of the passphrase in use
     * @param wrong the texts that say what is wrong, by the id of where it is mended
     */
    private HttpResponse<?> page(
            HttpRequest<?> request,
            String token,
            ProfileView view,
            @Nullable String existing,
            Map<String, String> wrong) {
        locales.follow(request, view.profile().locale());
        Account account = view.account();
        Map<String, String> errors = new HashMap<>();
        wrong.forEach((input, key) -> errors.put(input, texts.text(locales.resolveOrDefault(request), key)));
        return Pages.show(
                wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY,
                "confirm",
                "action",
                address(token),
                "email",
                account.email().value(),
                "pin",
                Integer.toString(account.pin()),
                "unproven",
                ExistingPassphrase.isOf(account),
                "existing",
                existing,
                "hasPassphrase",
                view.hasPassphrase(),
                "errors",
                errors);
    }

    /** Told from the link's history, so it may be reloaded for as long as that is kept. */
    @Get("/done")
    HttpResponse<?> done(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.CONFIRM_EMAIL)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(address(token)));
            case Inspection.Refused refused ->
                refused.reason() == Inspection.Reason.USED ? confirmed(request, token) : dead(request, token, refused);
        };
    }

    private HttpResponse<?> confirmed(HttpRequest<?> request, String token) {
        ProfileView owner = confirmations.ownerOf(token).orElse(null);
        if (owner != null) {
            locales.follow(request, owner.profile().locale());
        }
        return Pages.show(
                HttpStatus.OK,
                "confirmed",
                "pin",
                owner == null ? null : Integer.toString(owner.account().pin()));
    }

    /** Without the names of what changed, which are those of a profile's fields elsewhere. */
    private HttpResponse<?> dead(HttpRequest<?> request, String token, Inspection.Refused refusal) {
        return deadLinks.explainAt(request, address(token), refusal.withoutChanges(), null);
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token, LinkPurpose.CONFIRM_EMAIL, callers.of(request))
                .<HttpResponse<?>>map(outcome -> pages.asked(request, outcome, LinkPages.Way.ofLink(address(token))))
                .orElseGet(() -> done(request, token));
    }
}
