package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.OtherClients;
import dev.latchkey.support.RawConnection;
import io.micronaut.http.HttpMethod;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every content security policy that there is, as Google's CSP Evaluator sees it. */
final class PoliciesTest {
    /**
     * It would rather have nonces, since a host may serve what callers wrote as scripts. This one serves its own files
     * below /assets, and all else by types that no browser runs with nosniff: {@code AnswerHeadersTest} holds that.
     */
    private static final String OUR_OWN_SCRIPTS = "50 | script-src | 'self' | ";

    @Test
    @Asvs("3.4.3")
    void leaveNothingToFind() {
        OtherClients.assumeInstalled("policies.mjs", "node_modules/csp_evaluator");
        Set<String> policies = new TreeSet<>();
        EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.com"));
        server.getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod() == HttpMethod.GET)
                .map(route -> route.getUriMatchTemplate()
                        .toString()
                        .replaceAll("\\{[?&][^}]*}", "")
                        .replaceAll("\\{[^}]*}", "x"))
                .distinct()
                .forEach(path -> policies.add(RawConnection.send(
                                server,
                                "GET " + path + " HTTP/1.1\r\nHost: id.example.com\r\nAccept: text/html\r\n\r\n")
                        .header("content-security-policy")
                        .orElse("")));

        assertThat(policies).hasSizeGreaterThan(1);
        assertThat(findings(policies)).allMatch(finding -> finding.startsWith(OUR_OWN_SCRIPTS));
    }

    @Test
    void wouldFindOne() {
        OtherClients.assumeInstalled("policies.mjs", "node_modules/csp_evaluator");

        assertThat(findings(Set.of("script-src 'self' 'unsafe-inline'; base-uri 'none'")))
                .anyMatch(finding -> finding.startsWith("10 | script-src | 'unsafe-inline'"))
                .anyMatch(finding -> finding.startsWith("10 | object-src"));
    }

    private static List<String> findings(Set<String> policies) {
        String[] command =
                Stream.concat(Stream.of("policies.mjs"), policies.stream()).toArray(String[]::new);
        return OtherClients.node(command).lines().toList();
    }
}
