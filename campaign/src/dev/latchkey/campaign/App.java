package dev.latchkey.campaign;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An assistant that asks to be let in, and its question in front of somebody who is signed in.
 *
 * @param question the page that asks
 * @param cookie of the browser that shows it
 * @param csrf what the form in it carries
 * @param verifier of its codes
 */
record App(String question, String cookie, String csrf, CodeVerifier verifier) {
    /** A file of clients that holds it. */
    static final String CLIENTS =
            PredefinedClients.SETTINGS.get("latchkey.oauth-clients").toString();

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    static App inFrontOf(LatchkeyClient client, String email) {
        CodeVerifier verifier = new CodeVerifier();
        String question = "/oauth/authorize?response_type=code&client_id=" + PredefinedClients.OPEN + "&redirect_uri="
                + encoded(PredefinedClients.REDIRECT) + "&code_challenge="
                + CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue() + "&code_challenge_method=S256";
        Answer in = Owner.require(
                client.form(question, Map.of("email", email, "passphrase", Owner.PASSPHRASE), "Accept", "text/html"),
                303);
        String cookie = in.header("Set-Cookie").split(";", 2)[0];
        String csrf = client.get(question, "Accept", "text/html", "Cookie", cookie)
                .html()
                .expectFirst("input[name=csrf]")
                .attr("value");
        return new App(question, cookie, csrf, verifier);
    }

    /** Lets it in; the code that it gets for a minute. */
    String allowed(LatchkeyClient node) {
        Answer answer = allow(node);
        Matcher code = CODE.matcher(answer.header("Location"));
        if (!code.find()) {
            throw new IllegalStateException("Not let in: " + answer.status());
        }
        return code.group(1);
    }

    /** Its owner lets it in. */
    Answer allow(LatchkeyClient node) {
        return node.form(question, Map.of("do", "allow", "csrf", csrf), "Accept", "text/html", "Cookie", cookie);
    }

    /** It asks for the tokens of a code. */
    Answer exchange(LatchkeyClient node, String code) {
        return node.form(
                "/oauth/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        PredefinedClients.OPEN,
                        "redirect_uri",
                        PredefinedClients.REDIRECT,
                        "code",
                        code,
                        "code_verifier",
                        verifier.getValue()));
    }

    /** What an answer of either says beside its status. */
    static String said(Answer answer) {
        String location = answer.header("Location");
        if (location.startsWith(PredefinedClients.REDIRECT)) {
            return CODE.matcher(location).find()
                    ? "let in"
                    : URI.create(location).getQuery();
        }
        return answer.text("error");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
