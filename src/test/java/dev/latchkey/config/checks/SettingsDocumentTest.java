package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SettingsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|");

    /** Read by the framework, or in {@code application.yml}, without a record of ours. */
    private static final Set<String> WITHOUT_RECORD = Set.of(
            "MICRONAUT_ENVIRONMENTS",
            "MICRONAUT_SERVER_PORT",
            "MICRONAUT_SERVER_CLIENT_ADDRESS_HEADER",
            "DATASOURCES_DEFAULT_URL",
            "DATASOURCES_DEFAULT_USERNAME",
            "DATASOURCES_DEFAULT_PASSWORD",
            "LATCHKEY_PHOTOS",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_SERVICE_NAME",
            "OTEL_RESOURCE_ATTRIBUTES",
            "OTEL_TRACES_SAMPLER",
            "OTEL_TRACES_SAMPLER_ARG",
            "OTEL_METRICS_EXPORTER",
            "OTEL_METRIC_EXPORT_INTERVAL",
            "OTEL_SDK_DISABLED");

    @Test
    void describesEverySettingAndNoOther() throws IOException, URISyntaxException {
        Set<String> documented = ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.of(
                        WITHOUT_RECORD.stream(),
                        recordsOfTheProduct().flatMap(SettingKey::of).map(SettingKey::variable))
                .flatMap(variables -> variables)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(known);
    }

    @Test
    void areAllCheckedAtTheStart() throws URISyntaxException {
        Set<String> checked = SettingKey.all().map(SettingKey::property).collect(Collectors.toSet());

        assertThat(recordsOfTheProduct().flatMap(SettingKey::of).map(SettingKey::property))
                .isSubsetOf(checked);
    }

    private static Stream<Class<?>> recordsOfTheProduct() throws URISyntaxException {
        Path classes = Path.of(SettingKey.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes.resolve("dev/latchkey"))) {
            return files
                    .map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .<Class<?>>map(file -> named(file.replace(".class", "").replace(File.separatorChar, '.')))
                    .filter(Class::isRecord)
                    .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, SettingsDocumentTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
