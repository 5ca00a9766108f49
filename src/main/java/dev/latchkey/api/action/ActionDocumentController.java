package dev.latchkey.api.action;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Where the importer of custom GPTs finds the action; anybody may read it. */
@Controller("/openapi")
final class ActionDocumentController {
    private final ActionDocument document;

    ActionDocumentController(ActionDocument document) {
        this.document = document;
    }

    @Get("/chatgpt-action.yml")
    @Produces("application/yaml;charset=utf-8")
    HttpResponse<?> yaml() {
        return shared(HttpResponse.ok(document.yaml()));
    }

    @Get("/chatgpt-action.json")
    HttpResponse<?> json() {
        return shared(HttpResponse.ok(document.json()));
    }

    /** Importers that run in a browser read it from another origin; there is nothing in it to protect. */
    private static MutableHttpResponse<?> shared(MutableHttpResponse<?> response) {
        return response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
