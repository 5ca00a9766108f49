package dev.latchkey.api.account;

import dev.latchkey.export.ExportService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

/** All that is kept of whoever calls. */
@Controller("/profile/me/export")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private final Bearers bearers;
    private final ExportService exports;

    ExportController(Bearers bearers, ExportService exports) {
        this.bearers = bearers;
        this.exports = exports;
    }

    @Get
    HttpResponse<?> export(HttpRequest<?> request) {
        UUID me = bearers.require(request).view().account().id();
        return HttpResponse.ok(exports.document(me).orElseThrow(bearers::invalid))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
