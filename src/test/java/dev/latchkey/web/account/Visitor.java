package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;

/** Somebody in front of a browser, and what arrives in their mailbox. */
final class Visitor {
    static final Map<String, String> PRESSED = Map.of("do", "sign-in");
    private static final EmbeddedServer SERVER =
            Contexts.server(Database.SQLITE, Map.of("site", true, "test.clock", true));

    private Visitor() {}

    static EmbeddedServer server() {
        return SERVER;
    }

    static ApplicationContext context() {
        return SERVER.getApplicationContext();
    }

    static MutableClock clock() {
        return context().getBean(MutableClock.class);
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
        Browser browser = new Browser(SERVER);
        browser.form(mailedLink(account), PRESSED);
        return browser;
    }
}
