package dev.latchkey.api.action;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.text.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The hand-written OpenAPI document of the action, with the address of this server and the operator's name in it: where the importer of custom
 * GPTs finds it. Anybody may read it.
 */
@Controller("/openapi")
final class ActionDocumentController {
    /** The server that the file names, for people who read it without one. */
    private static final String EXAMPLE = "https://latchkey.example.com";

    private final String written;
    private final BaseUrl baseUrl;
    private final JsonMapper mapper;

    ActionDocumentController(BaseUrl baseUrl, Brand brand, JsonMapper mapper) {
        this.written = brand.inYaml(Resources.text("openapi/chatgpt-action.yml"));
        this.baseUrl = baseUrl;
        this.mapper = mapper;
    }

    /** As it was written, with its comments. */
    @Get("/chatgpt-action.yml")
    @Produces("application/yaml;charset=utf-8")
    HttpResponse<String> yaml() {
        return shared(document());
    }

    @Get("/chatgpt-action.json")
    HttpResponse<byte[]> json() throws IOException {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(document());
        return shared(mapper.writeValueAsBytes(document));
    }

    private String document() {
        return written.replace(EXAMPLE, baseUrl.origin());
    }

    /** Importers that run in a browser read it from another origin; there is nothing in it to protect. */
    private static <T> HttpResponse<T> shared(T document) {
        return HttpResponse.ok(document)
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
