package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataControllerTest {
    private static final String BASE = "https://id.example.com";
    private static final String SERVER = "/.well-known/oauth-authorization-server";

    private final Api api = new Api(Contexts.server(Database.SQLITE, Map.of("latchkey.base-url", BASE + "/")));

    @ParameterizedTest
    @DisplayName("Each of the two addresses of the resource describes exactly the identifier it is made of")
    @CsvSource({"'',''", "/mcp,/mcp"})
    void describesTheResource(String suffix, String path) {
        Answer answer = api.get("/.well-known/oauth-protected-resource" + suffix);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json()).isEqualTo(Answer.json("""
                {"resource": "https://id.example.com%s",
                 "authorization_servers": ["https://id.example.com"],
                 "scopes_supported": ["profile:read", "profile:propose"],
                 "bearer_methods_supported": ["header"],
                 "resource_name": "Latchkey",
                 "resource_documentation": "https://id.example.com/docs",
                 "resource_policy_uri": "https://id.example.com/privacy",
                 "resource_tos_uri": "https://id.example.com/terms"}""".formatted(path)));
    }

    @Test
    @DisplayName("The authorization server says all that a client needs, and nothing that it cannot do")
    void describesTheServer() throws Exception {
        Answer answer = api.get(SERVER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json()).isEqualTo(Answer.json("""
                {"issuer": "https://id.example.com",
                 "authorization_endpoint": "https://id.example.com/oauth/authorize",
                 "token_endpoint": "https://id.example.com/oauth/token",
                 "revocation_endpoint": "https://id.example.com/oauth/revoke",
                 "scopes_supported": ["profile:read", "profile:propose", "offline_access"],
                 "response_types_supported": ["code"],
                 "response_modes_supported": ["query"],
                 "grant_types_supported": ["authorization_code", "refresh_token"],
                 "code_challenge_methods_supported": ["S256"],
                 "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
                 "revocation_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
                 "authorization_response_iss_parameter_supported": true,
                 "client_id_metadata_document_supported": true,
                 "service_documentation": "https://id.example.com/docs",
                 "op_policy_uri": "https://id.example.com/privacy",
                 "op_tos_uri": "https://id.example.com/terms"}"""));
        assertThat(AuthorizationServerMetadata.parse(answer.text()).getIssuer().getValue())
                .isEqualTo(BASE);
    }

    @Test
    @DisplayName("What it says where to read is there")
    void leadsToPages() {
        Api browser = Api.browser(Contexts.server(Database.SQLITE, Map.of("latchkey.base-url", BASE + "/")));
        JsonNode server = api.get(SERVER).json();
        for (String member : new String[] {"service_documentation", "op_policy_uri", "op_tos_uri"}) {
            String address = server.path(member).asText();
            assertThat(browser.get(address.substring(BASE.length())).status())
                    .as(address)
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("There is no registration unless the operator wants it, not even an address for it")
    void registersNobodyUnasked() {
        assertThat(api.get(SERVER).json().has("registration_endpoint")).isFalse();
        assertThat(api.post("/oauth/register", Map.of()).status()).isEqualTo(404);
        assertThat(api.get("/oauth/register").status()).isEqualTo(404);

        Api open = new Api(Contexts.server(Database.SQLITE, RegistrationControllerTest.OPEN));
        assertThat(open.get(SERVER).text("registration_endpoint")).isEqualTo("http://localhost/oauth/register");
    }

    @ParameterizedTest
    @DisplayName("Clients in a browser may read and call from wherever their page is")
    @ValueSource(
            strings = {
                "/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource/mcp",
                "/.well-known/oauth-authorization-server",
                "/oauth/token",
                "/oauth/revoke",
                "/oauth/register"
            })
    void letsBrowsersCall(String path) {
        String method = path.startsWith("/oauth") ? "POST" : "GET";
        Answer asked = api.send(
                "OPTIONS",
                path,
                null,
                "Origin",
                "https://client.example.com",
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "authorization,mcp-protocol-version");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(asked.header("Access-Control-Allow-Methods")).contains(method);
        assertThat(asked.header("Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "MCP-Protocol-Version");
        assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();

        Answer answer = api.send(method, path, null, "Origin", "https://client.example.com");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate");
    }
}
