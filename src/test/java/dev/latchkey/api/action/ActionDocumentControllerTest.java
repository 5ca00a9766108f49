package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class ActionDocumentControllerTest {
    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.org"));
    private final ActionDocumentController documents = context.getBean(ActionDocumentController.class);

    @Test
    void namesThisServerInBothForms() throws IOException {
        Map<?, ?> yaml = new Yaml().load(documents.yaml().body());
        Map<?, ?> json = new Yaml()
                .load(new String(Objects.requireNonNull(documents.json().body()), StandardCharsets.UTF_8));

        assertThat(yaml.get("servers")).isEqualTo(List.of(Map.of("url", "https://id.example.org")));
        assertThat(json).isEqualTo(yaml);
    }
}
