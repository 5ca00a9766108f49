package dev.latchkey.web.account;

import dev.latchkey.export.ExportService;
import dev.latchkey.session.PageSession;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** All that is kept of a person, as an archive for them to keep. */
@Controller("/account/export")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private static final MediaType ZIP = MediaType.of("application/zip");

    private final ExportService exports;
    private final Clock clock;

    ExportController(ExportService exports, Clock clock) {
        this.exports = exports;
        this.clock = clock;
    }

    @Get
    @Produces(MediaType.ALL)
    HttpResponse<?> export(PageSession session) {
        Optional<InputStream> archive = exports.archive(session.accountId());
        if (archive.isEmpty()) {
            return HttpResponse.seeOther(URI.create("/account"));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return HttpResponse.ok(archive.get())
                .contentType(ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"latchkey-export-" + today + ".zip\"");
    }
}
