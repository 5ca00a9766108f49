package dev.latchkey.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files in YAML, read strictly: a key that is there twice is a mistake. */
final class Manifests {
    private Manifests() {}

    /** The documents of a file. */
    static List<JsonObject> of(String file) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Iterable<Object> documents = new Yaml(new SafeConstructor(strict)).loadAll(text(file));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> new Gson().toJsonTree(document).getAsJsonObject())
                .toList();
    }

    /** What lies at a path such as {@code spec.containers.0.image}, and has to be there. */
    static JsonElement at(JsonElement start, String path) {
        JsonElement found = start;
        for (String step : path.split("\\.")) {
            found = found.isJsonArray()
                    ? found.getAsJsonArray().get(Integer.parseInt(step))
                    : found.getAsJsonObject().get(step);
            assertThat(found).as(path).isNotNull();
        }
        return found;
    }

    /** The same, as text. */
    static String textAt(JsonElement start, String path) {
        return at(start, path).getAsString();
    }

    /** The same, as a number. */
    static int numberAt(JsonElement start, String path) {
        return at(start, path).getAsInt();
    }

    /** The members of an object whose values are texts. */
    static Map<String, String> texts(JsonElement object) {
        return object.getAsJsonObject().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().getAsString()));
    }

    /** A file of the repository. */
    static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
