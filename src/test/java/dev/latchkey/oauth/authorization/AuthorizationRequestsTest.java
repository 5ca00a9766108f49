package dev.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.authorization.Checked.Reason;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationRequestsTest {
    private static final CallerAddress CALLER = new CallerAddress("192.0.2.1");
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String BARE =
            "client_id=example-assistant&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcallback";
    private static final String QUERY =
            BARE + "&response_type=code&state=a+b&code_challenge=" + CHALLENGE + "&code_challenge_method=S256";

    private final AuthorizationRequests requests =
            Contexts.shared(Database.SQLITE, PredefinedClients.SETTINGS).getBean(AuthorizationRequests.class);

    @Test
    void readsWhatIsAsked() {
        Checked.Valid valid = valid(
                QUERY + "&scope=profile:read+offline_access+openid&resource=http%3A%2F%2Flocalhost%2Fmcp" + "&nonce=1");

        assertThat(valid.client().id()).isEqualTo("example-assistant");
        assertThat(valid.client().host()).isEqualTo("client.example.com");
        assertThat(valid.client().name()).isEqualTo("Example Assistant");
        assertThat(valid.redirectUri()).isEqualTo("https://client.example.com/callback");
        assertThat(valid.scopes()).containsExactlyInAnyOrder(GrantScope.READ, GrantScope.OFFLINE);
        assertThat(valid.state()).isEqualTo("a b");
        assertThat(valid.codeChallenge()).isEqualTo(CHALLENGE);
        assertThat(valid.staysOnDevice()).isFalse();
        assertThat(valid.query()).doesNotContain("nonce");
        assertThat(requests.check(valid.query(), CALLER)).isEqualTo(valid);
    }

    @Test
    void answersInItsOwnNameWithTheClientsState() {
        Checked.Valid valid = valid(QUERY);

        assertThat(valid.granted("c-1_2"))
                .hasToString("https://client.example.com/callback?code=c-1_2&iss=http%3A%2F%2Flocalhost&state=a+b");
        assertThat(parameters(valid.denied()))
                .containsEntry("error", List.of("access_denied"))
                .containsEntry("iss", List.of("http://localhost"))
                .containsEntry("state", List.of("a b"));
        assertThat(parameters(valid(QUERY.replace("&state=a+b", "")).granted("c")))
                .containsOnlyKeys("code", "iss");
    }

    @Test
    void keepsWhatAnAddressHasOfItsOwn() {
        Checked.Valid valid = valid(QUERY.replace("example-assistant", "example-server")
                .replace(
                        "https%3A%2F%2Fclient.example.com%2Fcallback",
                        "https%3A%2F%2Fserver.example.com%2Foauth%2Fcallback%3Ffrom%3Dlatchkey"));

        assertThat(valid.granted("c").toString())
                .startsWith("https://server.example.com/oauth/callback?from=latchkey&code=c&");
        Checked.Valid usual =
                valid(QUERY.replace("example-assistant", "example-server").replaceFirst("redirect_uri=[^&]*&", ""));
        assertThat(usual).as("the one address of a client that has one alone").isEqualTo(valid);
    }

    @Test
    void asksToReadAndToProposeWhereNothingIsSaid() {
        Set<GrantScope> usual = Set.of(GrantScope.READ, GrantScope.PROPOSE);
        assertThat(valid(QUERY).scopes()).isEqualTo(usual);
        assertThat(valid(QUERY + "&scope=").scopes()).isEqualTo(usual);
        assertThat(valid(QUERY + "&scope=offline_access").scopes())
                .containsExactlyInAnyOrder(GrantScope.READ, GrantScope.PROPOSE, GrantScope.OFFLINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/callback",
                "http://127.0.0.1:1/callback",
                "http://127.0.0.1:65535/callback",
                "exampleapp://oauth/callback"
            })
    void answersOnThePersonsOwnMachineAtAnyPort(String redirectUri) {
        Checked.Valid valid = valid(to(redirectUri));

        assertThat(valid.redirectUri()).isEqualTo(redirectUri);
        assertThat(valid.staysOnDevice()).isTrue();
        assertThat(valid.client().host()).isIn("127.0.0.1", "exampleapp:");
        assertThat(valid.granted("c").toString()).startsWith(redirectUri + "?code=c&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/callback",
                "https://client.example.com/callback/",
                "https://client.example.com/callback?a=b",
                "https://client.example.com/callback#a",
                "https://client.example.com/Callback",
                "https://CLIENT.example.com/callback",
                "https://client.example.com:443/callback",
                "https://client.example.com/x/../callback",
                "https://client.example.com/%63allback",
                "https://client.example.com@evil.example.com/callback",
                "https://client.example.com.evil.example.com/callback",
                "https://evil.example.com\\@client.example.com/callback",
                "http://client.example.com/callback",
                "//client.example.com/callback",
                "/callback",
                "http://127.0.0.1:99999/callback",
                "http://127.0.0.1:8080/callback/more",
                "http://127.0.0.1:8080/callback?more=1",
                "http://127.0.0.1.evil.example.com/callback",
                "http://127.0.0.1@evil.example.com/callback",
                "http://127.0.0.2/callback",
                "http://localhost/callback",
                "http://2130706433/callback",
                "https://127.0.0.1/callback",
                "exampleapp://oauth/callback/2",
                "exampleapp://evil/callback",
                "EXAMPLEAPP://oauth/callback",
                "javascript:alert(1)",
                "data:text/html,hello",
                "not an address"
            })
    void redirectsNowhereElse(String redirectUri) {
        assertThat(requests.check(to(redirectUri), CALLER)).isEqualTo(new Checked.Unusable(Reason.REDIRECT_MISMATCH));
        assertThat(requests.check(to(redirectUri) + "&response_type=token", CALLER))
                .as("nor with an error")
                .isEqualTo(new Checked.Unusable(Reason.REDIRECT_MISMATCH));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,MALFORMED",
                "'',MALFORMED",
                "response_type=code,MALFORMED",
                "client_id=&response_type=code,MALFORMED",
                "client_id=example-assistant&client_id=example-assistant,MALFORMED",
                "client_id=example-assistant&redirect_uri=a&redirect_uri=b,MALFORMED",
                "client_id=example-assistant,REDIRECT_MISMATCH",
                "client_id=nobody,UNKNOWN_CLIENT",
                "client_id=EXAMPLE-ASSISTANT,UNKNOWN_CLIENT",
                "client_id=https://client.example.com,UNKNOWN_CLIENT",
                "client_id=https://client.example.com/,UNKNOWN_CLIENT",
                "client_id=http://client.example.com/client.json,UNKNOWN_CLIENT",
                "client_id=HTTPS://client.example.com/client.json,UNKNOWN_CLIENT",
                "client_id=https://client.example.com/a/../client.json,UNKNOWN_CLIENT",
                "client_id=https://client.example.com/a/%252e%252E/client.json,UNKNOWN_CLIENT",
                "client_id=https://client.example.com/client.json%23a,UNKNOWN_CLIENT",
                "client_id=https://a@client.example.com/client.json,UNKNOWN_CLIENT",
                "client_id=https:client.json,UNKNOWN_CLIENT"
            })
    void tellsThePersonWhereTheClientCannotBeAnswered(@Nullable String query, Reason reason) {
        assertThat(requests.check(query, CALLER)).isEqualTo(new Checked.Unusable(reason));
    }

    @Test
    void readsNoBooks() {
        String longest = QUERY + "&x=" + "y".repeat(4000 - QUERY.length() - 3);
        valid(longest);
        assertThat(requests.check(longest + "y", CALLER)).isEqualTo(new Checked.Unusable(Reason.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource({
        "response_type=code,,invalid_request",
        "response_type=code,response_type=token,unsupported_response_type",
        "response_type=code,response_type=code+id_token,unsupported_response_type",
        "response_type=code,response_type=code&response_type=code,invalid_request",
        "response_type=code,response_type=code&response_mode=fragment,invalid_request",
        "response_type=code,response_type=code&response_mode=form_post,invalid_request",
        "code_challenge_method=S256,code_challenge_method=plain,invalid_request",
        "code_challenge_method=S256,code_challenge_method=s256,invalid_request",
        "code_challenge_method=S256,,invalid_request",
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM,,invalid_request",
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM,code_challenge=abc,invalid_request",
        "state=a+b,state=a+b&resource=https://other.example.com/mcp,invalid_target",
        "state=a+b,state=a+b&resource=http://localhost/mcp/other,invalid_target",
        "state=a+b,state=a+b&resource=http://localhost/mcp?a=b,invalid_target",
        "state=a+b,state=a+b&resource=http://localhost:8080/mcp,invalid_target",
        "state=a+b,state=a+b&resource=https://localhost/mcp,invalid_target",
        "state=a+b,state=a+b&resource=mcp,invalid_target",
        "state=a+b,state=a+b&resource=http://localhost/mcp&resource=https://other.example.com,invalid_target",
        "state=a+b,state=a+b&scope=openid+email,invalid_scope",
        "state=a+b,state=a+b&scope=profile:read&scope=profile:read,invalid_request",
        "state=a+b,state=a+b&request=eyJhbGciOiJub25lIn0.e30.,request_not_supported",
        "state=a+b,state=a+b&request_uri=https://client.example.com/request,request_uri_not_supported",
        "state=a+b,state=a+b&registration={},registration_not_supported",
        "state=a+b,state=a+b&prompt=none,interaction_required",
        "state=a+b,state=a+b&authorization_details=[,invalid_request"
    })
    void answersTheClientInTheProtocolsWords(String instead, @Nullable String of, String error) {
        Checked checked = requests.check(QUERY.replace(instead, of == null ? "" : of), CALLER);

        assertThat(checked).isInstanceOfSatisfying(Checked.Redirected.class, redirected -> {
            assertThat(redirected.to().toString()).startsWith("https://client.example.com/callback?");
            assertThat(parameters(redirected.to()))
                    .containsEntry("error", List.of(error))
                    .containsEntry("iss", List.of("http://localhost"))
                    .containsEntry("state", List.of("a b"))
                    .doesNotContainKey("code");
        });
    }

    @Test
    void aStateThatIsSaidTwiceIsNobodys() {
        assertThat(requests.check(QUERY + "&state=c", CALLER))
                .isInstanceOfSatisfying(
                        Checked.Redirected.class,
                        redirected -> assertThat(parameters(redirected.to()))
                                .containsEntry("error", List.of("invalid_request"))
                                .doesNotContainKey("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost/",
                "http://localhost/mcp",
                "http://localhost/mcp/",
                "HTTP://LOCALHOST/mcp",
                "http://localhost:80/mcp"
            })
    void knowsItselfHoweverItIsSpelt(String resource) {
        assertThat(valid(QUERY + "&resource=" + resource).query()).contains("resource=");
    }

    private Checked.Valid valid(String query) {
        Checked checked = requests.check(query, CALLER);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return (Checked.Valid) checked;
    }

    private static String to(String redirectUri) {
        Map<String, List<String>> parameters = URLUtils.parseParameters(QUERY);
        parameters.put("redirect_uri", List.of(redirectUri));
        return URLUtils.serializeParameters(parameters);
    }

    private static Map<String, List<String>> parameters(URI uri) {
        return URLUtils.parseParameters(uri.getRawQuery());
    }
}
