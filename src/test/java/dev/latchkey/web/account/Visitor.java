package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.web.Site;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;

/** Somebody in front of a browser, and what arrives in their mailbox. */
final class Visitor {
    static final Map<String, String> PRESSED = Map.of("do", "sign-in");

    private Visitor() {}

    static EmbeddedServer server() {
        return Site.server();
    }

    static ApplicationContext context() {
        return Site.context();
    }

    static MutableClock clock() {
        return Site.clock();
    }

    /** The path of a sign-in link that has just arrived. */
    static String mailedLink(Account account) {
        clock().advance(Duration.ofSeconds(61));
        LinkOutcome.Accepted accepted = (LinkOutcome.Accepted) context()
                .getBean(LinkRequestService.class)
                .requestSignIn(new Subject.ByEmail(account.email()), Caller.page(new CallerAddress("192.0.2.77")));
        return "/account/in/" + Links.arrived(context(), accepted.requestId());
    }

    /** A browser in which somebody has just signed in with a mailed link. */
    static Browser signedIn(Account account) {
        Browser browser = new Browser(server());
        browser.form(mailedLink(account), PRESSED);
        return browser;
    }
}
