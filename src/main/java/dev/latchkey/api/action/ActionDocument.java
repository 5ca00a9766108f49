package dev.latchkey.api.action;

import dev.latchkey.config.BaseUrl;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The hand-written OpenAPI document of the action, with the address of this server in it. */
@Singleton
final class ActionDocument {
    /** The server that the file names, for people who read it without one. */
    private static final String EXAMPLE = "https://latchkey.example.com";

    private final String written = read();
    private final BaseUrl baseUrl;
    private final JsonMapper mapper;

    ActionDocument(BaseUrl baseUrl, JsonMapper mapper) {
        this.baseUrl = baseUrl;
        this.mapper = mapper;
    }

    /** As it was written, with its comments. */
    String yaml() {
        return written.replace(EXAMPLE, baseUrl.origin());
    }

    /** The same as JSON. */
    byte[] json() {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml());
        try {
            return mapper.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("The document has no JSON form", e);
        }
    }

    private static String read() {
        try (InputStream file = ActionDocument.class.getResourceAsStream("/openapi/chatgpt-action.yml")) {
            if (file == null) {
                throw new IllegalStateException("openapi/chatgpt-action.yml is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The document of the action cannot be read from the jar", e);
        }
    }
}
