package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Api;
import dev.latchkey.support.ApiDocuments;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DevDocumentTest {
    private final DevServer server = DevServer.on(Database.SQLITE);

    @Test
    @DisplayName("openapi/dev-inbox.yml has every call below /dev that is no page, and no other")
    void hasTheRoutesOfTheServer() {
        assertThat(server.bean(Router.class)
                        .uriRoutes()
                        .filter(route ->
                                route.getUriMatchTemplate().toPathString().startsWith("/dev/"))
                        .filter(route -> !route.getDeclaringType().equals(InboxController.class))
                        .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                        .map(route -> route.getHttpMethodName() + " "
                                + route.getUriMatchTemplate().toPathString())
                        .collect(Collectors.toSet()))
                .isEqualTo(ApiDocuments.DEV_INBOX.calls());
    }

    @Test
    @DisplayName("The dev environment shows it among the others, each call with a command and a real answer")
    void isShownInDev() {
        Api browser = Api.browser(server.server());
        assertThat(browser.get("/docs").html().select("a[href=/docs/dev-inbox]").eachText())
                .contains("Dev environment");
        Document page = browser.get("/docs/dev-inbox").html();
        assertThat(page.select("section.call")).hasSize(12).allSatisfy(call -> {
            assertThat(call.select("pre").eachText()).first().asString().startsWith("curl -s ");
            assertThat(call.select(".gives")).isNotEmpty();
        });
        assertThat(page.select("pre").text()).doesNotContain("\"string\"", "null null", "$ref");
        assertThat(server.get("/openapi/dev-inbox.yml").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Outside the dev environment there is neither the document nor any of its calls")
    void isNotThereOutsideDev() {
        var production = Contexts.server(Database.SQLITE, Map.of());
        Api api = new Api(production);
        assertThat(Api.browser(production).get("/docs").html().select("a[href$=dev-inbox]"))
                .isEmpty();
        for (String path : new String[] {"/docs/dev-inbox", "/openapi/dev-inbox.yml"}) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
        }
        ApiDocuments.DEV_INBOX.calls().forEach(call -> {
            String[] parts = call.split(" ");
            assertThat(api.send(parts[0], parts[1].replace("{id}", "1"), null).status())
                    .as(call)
                    .isEqualTo(404);
        });
    }
}
