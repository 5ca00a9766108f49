package dev.latchkey.web.session;

import dev.latchkey.account.Account;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.membership.SignInLinks;
import dev.latchkey.membership.SignInLinks.Used;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;

/**
 * Signs a browser in by a mailed link. Looking signs nobody in, and neither does a form without the value of the page's one
 * button, which is what mail scanners send.
 */
@Singleton
public final class LinkSignIns {
    private final SignInLinks links;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final OwnOrigin origin;

    LinkSignIns(
            SignInLinks links,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            Forms forms,
            OwnOrigin origin) {
        this.links = links;
        this.browsers = browsers;
        this.callers = callers;
        this.forms = forms;
        this.origin = origin;
    }

    /** The page behind a link. */
    public HttpResponse<?> show(String token, LinkPurpose purpose, Pages pages) {
        return show(token, purpose, pages, false);
    }

    private HttpResponse<?> show(String token, LinkPurpose purpose, Pages pages, boolean overlooked) {
        return switch (links.look(token, purpose)) {
            case Inspection.Open open -> pages.ask(open.account(), overlooked);
            case Inspection.Refused refused -> pages.dead(refused);
        };
    }

    /** The answer to the form on it. */
    public HttpResponse<?> signIn(HttpRequest<?> request, String token, LinkPurpose purpose, Pages pages) {
        if (!forms.isForm(request) || !origin.made(request)) {
            return show(token, purpose, pages);
        }
        boolean pressed;
        ExistingPassphrase existing;
        try (Form form = forms.form(request)) {
            pressed = "sign-in".equals(form.text("do"));
            existing = ExistingPassphrase.of(form);
        }
        if (!pressed) {
            return show(token, purpose, pages);
        }
        return existing.isOverlooked() && mayAsk(token, purpose)
                ? show(token, purpose, pages, true)
                : signIn(request, token, purpose, existing.isKept(), pages);
    }

    private boolean mayAsk(String token, LinkPurpose purpose) {
        return links.look(token, purpose) instanceof Inspection.Open open && ExistingPassphrase.isOf(open.account());
    }

    private HttpResponse<?> signIn(
            HttpRequest<?> request, String token, LinkPurpose purpose, boolean keep, Pages pages) {
        URI next = pages.next(); // What waits for a link is gone with it.
        return switch (links.use(token, purpose, keep, SignedInBrowsers.client(request), callers.of(request))) {
            case Used.SignedIn in -> browsers.remember(request, HttpResponse.seeOther(next), in.cookie());
            case Used.Refused refused -> pages.dead(refused.refusal());
        };
    }

    /** What is shown of a link, and where it leads. */
    public interface Pages {
        /**
         * The page with the button.
         *
         * @param overlooked whether it was pressed without a word on the passphrase in use
         */
        HttpResponse<?> ask(Account account, boolean overlooked);

        /** The page that says why it opens nothing. */
        HttpResponse<?> dead(Inspection.Refused refusal);

        /** Where whoever signed in goes on. */
        URI next();
    }
}
