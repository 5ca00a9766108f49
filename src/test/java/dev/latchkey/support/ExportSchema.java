package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The published form of what people take along. */
public enum ExportSchema {
    /** The answer of the account API. */
    DOCUMENT("export"),
    /** {@code profile.json} in the archive. */
    PROFILE_FILE("profileFile"),
    /** {@code history.json} in the archive. */
    HISTORY_FILE("historyFile");

    private static final String ADDRESS = "https://latchkey.example/export.schema.json";

    private final Schema part;
    private final Schema whole;

    ExportSchema(String name) {
        String text = text();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, text)));
        part = registry.getSchema(SchemaLocation.of(ADDRESS + "#/$defs/" + name));
        whole = registry.getSchema(SchemaLocation.of(ADDRESS));
    }

    private static String text() {
        try {
            return Files.readString(Path.of("docs/schema/export.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails where a document is not as published. */
    public void check(String json) {
        for (Schema schema : new Schema[] {part, whole}) {
            assertThat(schema.validate(
                            json,
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as(json)
                    .isEmpty();
        }
    }
}
