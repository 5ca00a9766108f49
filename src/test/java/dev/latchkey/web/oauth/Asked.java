package dev.latchkey.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody in front of a browser whom an assistant asks to let it in. */
final class Asked {
    static final String PASSPHRASE = "seven quiet otters";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    final Browser browser = new Browser(server());

    private static EmbeddedServer server() {
        Map<String, Object> settings = new HashMap<>(PredefinedClients.SETTINGS);
        settings.put("test.clock", true);
        return Contexts.server(Database.SQLITE, settings);
    }

    static ApplicationContext context() {
        return server().getApplicationContext();
    }

    static MutableClock clock() {
        return context().getBean(MutableClock.class);
    }

    /** Where the usual client asks for the usual. */
    static String address() {
        return address(PredefinedClients.REDIRECT, "");
    }

    static String address(String redirect, String more) {
        return "/oauth/authorize?response_type=code&client_id=" + PredefinedClients.OPEN + "&redirect_uri="
                + URLEncoder.encode(redirect, StandardCharsets.UTF_8) + "&state=a%26b&code_challenge=" + CHALLENGE
                + "&code_challenge_method=S256" + more;
    }

    /** Somebody with a passphrase. */
    static Account somebody() {
        Account account = People.somebody(context());
        String hash = context().getBean(Passphrases.class).hash(PASSPHRASE);
        context().getBean(Accounts.class).updatePassphraseHash(account.id(), hash);
        return account.withPassphraseHash(hash);
    }

    /** Signs in with the passphrase; where that leads to. */
    String signIn(Account account, String address) {
        Answer in = browser.form(address, Map.of("email", account.email().value(), "passphrase", PASSPHRASE));
        assertThat(in.status()).isEqualTo(303);
        return in.header("Location");
    }

    /** Asks for a mail, which arrives. */
    Mailed mail(Account account, String address) {
        clock().advance(Duration.ofSeconds(61));
        Answer page = browser.form(address, Map.of("identifier", account.email().value()));
        assertThat(page.status()).isEqualTo(200);
        String request = page.html().expectFirst("input[name=request]").attr("value");
        UUID id = UUID.fromString(request);
        String token = Links.arrived(context(), id);
        String code = String.valueOf(Links.mailed(context(), id).model().get("code"));
        return new Mailed(
                page.html().expectFirst("form:has(input[name=code])").attr("action"),
                request,
                code,
                "/oauth/in/" + token);
    }

    /** What waits in front of somebody who asked for a mail, and what is in it. */
    record Mailed(String action, String request, String code, String link) {
        Map<String, String> typing(String code) {
            return Map.of("request", request, "code", code);
        }
    }

    /** The parameters that an answer brings to a client. */
    static Map<String, String> parameters(String address) {
        return Stream.of(URI.create(address).getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
