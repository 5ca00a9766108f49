package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class ActionDocumentControllerTest {
    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.org"));
    private final ActionDocument document = context.getBean(ActionDocument.class);

    @Test
    void namesThisServerInBothForms() {
        Map<?, ?> yaml = new Yaml().load(document.yaml());
        Map<?, ?> json = new Yaml().load(new String(document.json(), java.nio.charset.StandardCharsets.UTF_8));

        assertThat(yaml.get("servers")).isEqualTo(List.of(Map.of("url", "https://id.example.org")));
        assertThat(json).isEqualTo(yaml);
    }
}
