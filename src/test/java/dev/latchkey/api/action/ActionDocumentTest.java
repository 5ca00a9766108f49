package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the importer of custom GPTs takes, limit by limit. */
final class ActionDocumentTest {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final int LONGEST_DESCRIPTION = 300;
    private static final int LONGEST_PARAMETER_DESCRIPTION = 700;

    private final Map<?, ?> document = read();

    @Test
    void isOpenApi310() {
        assertThat(document.get("openapi")).isEqualTo("3.1.0");
    }

    @Test
    void namesOneHttpsServerWithoutPortOrTrailingSlash() {
        List<?> servers = (List<?>) document.get("servers");

        assertThat(servers).hasSize(1);
        URI server = URI.create(String.valueOf(((Map<?, ?>) servers.getFirst()).get("url")));
        assertThat(server.getScheme()).isEqualTo("https");
        assertThat(server.getPort()).isEqualTo(-1);
        assertThat(server.getPath()).isEmpty();
    }

    @Test
    void hasOnlyHttpMethodsUnderAPath() {
        assertThat(paths().values())
                .allSatisfy(path -> assertThat(METHODS).containsAll((Set<? extends String>) keys(path)));
    }

    @Test
    void givesEachOperationAnIdOfItsOwn() {
        assertThat(operations().stream().map(operation -> operation.get("operationId")))
                .doesNotContainNull()
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(String.valueOf(id)).matches("[a-zA-Z0-9_-]{1,64}"));
    }

    @Test
    void hasFewerThanThirtyOperations() {
        assertThat(operations()).hasSizeLessThan(30);
    }

    @Test
    void holdsInitSignUpAndStatusOnly() {
        assertThat(keys(paths()))
                .containsExactlyInAnyOrder("/api/update/init", "/api/signup/init", "/api/update/status/{requestId}");
    }

    @Test
    void keepsSummariesAndDescriptionsShort() {
        walk((key, value) -> {
            if ((key.endsWith("/description") || key.endsWith("/summary")) && !key.contains("/parameters/")) {
                assertThat(String.valueOf(value)).as(key).hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
            }
        });
    }

    @Test
    void keepsDescriptionsOfParametersShort() {
        walk((key, value) -> {
            if (key.endsWith("/description") && key.contains("/parameters/")) {
                assertThat(String.valueOf(value)).as(key).hasSizeLessThanOrEqualTo(LONGEST_PARAMETER_DESCRIPTION);
            }
        });
    }

    @Test
    void refersToNothingInParameters() {
        walk((key, value) -> assertThat(key.contains("/parameters/") && key.endsWith("/$ref"))
                .as(key)
                .isFalse());
    }

    @Test
    void composesNoSchemas() {
        walk((key, value) -> assertThat(last(key)).as(key).isNotIn("allOf", "anyOf", "oneOf", "not"));
    }

    @Test
    void hasNeitherNullableNorTypeNull() {
        walk((key, value) -> {
            assertThat(last(key)).as(key).isNotEqualTo("nullable");
            if (last(key).equals("type")) {
                assertThat(value).as(key).isInstanceOf(String.class).isNotEqualTo("null");
            }
        });
    }

    @Test
    void givesEveryObjectTypeAndProperties() {
        walk((key, value) -> {
            if (value instanceof Map<?, ?> map && map.containsKey("properties")) {
                assertThat(map.get("type")).as(key).isEqualTo("object");
            }
            if (value instanceof Map<?, ?> map && "object".equals(map.get("type"))) {
                assertThat(map.get("properties")).as(key).isInstanceOf(Map.class);
            }
            if (value instanceof Map<?, ?> map && "array".equals(map.get("type"))) {
                assertThat(map.get("items")).as(key).isInstanceOf(Map.class);
            }
        });
    }

    @Test
    void speaksJsonOnly() {
        walk((key, value) -> {
            if (last(key).equals("content")) {
                assertThat(keys(value)).as(key).isSubsetOf("application/json", "application/problem+json");
            }
        });
    }

    @Test
    void takesNoHeadersAndNoCookies() {
        walk((key, value) -> {
            if (key.contains("/parameters/") && last(key).equals("in")) {
                assertThat(value).as(key).isIn("path", "query");
            }
        });
    }

    @Test
    void saysOfEachOperationWhetherItIsConsequential() {
        assertThat(operations())
                .allSatisfy(operation ->
                        assertThat(operation.get("x-openai-isConsequential")).isInstanceOf(Boolean.class));
    }

    @Test
    void hasOneBearerScheme() {
        Map<?, ?> components = (Map<?, ?>) document.get("components");

        assertThat(components.get("securitySchemes"))
                .isEqualTo(Map.of("actionKey", Map.of("type", "http", "scheme", "bearer")));
        assertThat(document.get("security")).isEqualTo(List.of(Map.of("actionKey", List.of())));
    }

    @Test
    void describesWhatEachAnswerHolds() {
        walk((key, value) -> {
            if (key.contains("/responses/") && last(key).equals("content")) {
                assertThat(((Map<?, ?>) value).values())
                        .as(key)
                        .allSatisfy(media -> assertThat(keys(media)).contains("schema"));
            }
        });
    }

    private Map<?, ?> paths() {
        return (Map<?, ?>) document.get("paths");
    }

    private List<Map<?, ?>> operations() {
        List<Map<?, ?>> operations = new ArrayList<>();
        paths().values()
                .forEach(path ->
                        ((Map<?, ?>) path).values().forEach(operation -> operations.add((Map<?, ?>) operation)));
        return operations;
    }

    /** Visits every value of the document with the way to it. */
    private void walk(BiConsumer<String, Object> visitor) {
        walk("", document, visitor);
    }

    private static void walk(String key, @Nullable Object value, BiConsumer<String, Object> visitor) {
        if (value == null) {
            return;
        }
        visitor.accept(key, value);
        // Names of fields are no keywords: a field may well be called "type".
        if (last(key).equals("properties")) {
            ((Map<?, ?>) value).forEach((name, schema) -> walk(key + "/field:" + name, schema, visitor));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> walk(key + "/" + String.valueOf(name).replace("/", "~1"), member, visitor));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> walk(key + "/-", element, visitor));
        }
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static Set<String> keys(Object map) {
        return ((Map<?, ?>) map).keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private static Map<?, ?> read() {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(Path.of("openapi/chatgpt-action.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
