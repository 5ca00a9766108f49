package dev.latchkey.api.admin;

import dev.latchkey.mail.OutboxEntry;
import dev.latchkey.mail.OutboxOperations;
import dev.latchkey.mail.OutboxState;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has not left. */
@Controller("/admin/outbox")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@OnAdminPort
final class OutboxController {
    private static final Logger AUDIT = LoggerFactory.getLogger(OutboxController.class);
    private static final String MAIL = "mail or event in the outbox";

    private final AdminCalls calls;
    private final OutboxOperations outbox;

    OutboxController(AdminCalls calls, OutboxOperations outbox) {
        this.calls = calls;
        this.outbox = outbox;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        calls.operator(request);
        calls.takes(request, "state", "after", "limit");
        int most = calls.limit(request);
        List<OutboxEntry> found = outbox.entries(
                calls.word(request, "state", OutboxState.class).orElse(null),
                calls.id(request, "after").orElse(null),
                most + 1);
        List<OutboxEntry> shown = found.subList(0, Math.min(most, found.size()));
        return AdminCalls.ok(
                new Answer(shown, found.size() > most ? shown.getLast().id() : null));
    }

    /** What waits anyway stays as it is. */
    @Post("/{id}/again")
    HttpResponse<?> again(HttpRequest<?> request, String id) {
        String operator = calls.operator(request);
        UUID which = calls.named(id, MAIL);
        boolean again = outbox.retry(List.of(which)) == 1;
        OutboxEntry entry = outbox.entry(which).orElseThrow(() -> AdminCalls.unknown(MAIL));
        if (again) {
            AUDIT.info("Over the admin API {} sends {} {} again", operator, entry.kind(), which);
        }
        return AdminCalls.ok(new Again(again ? "queued" : "unchanged", entry));
    }

    @Delete("/{id}")
    HttpResponse<?> remove(HttpRequest<?> request, String id) {
        String operator = calls.operator(request);
        UUID which = calls.named(id, MAIL);
        if (!outbox.remove(which)) {
            throw AdminCalls.unknown(MAIL);
        }
        AUDIT.info("Over the admin API {} removed {} from the outbox", operator, which);
        return HttpResponse.noContent();
    }

    /** @param next what the next ones are asked for with; {@code null} at the end */
    @Serdeable
    record Answer(List<OutboxEntry> entries, @Nullable UUID next) {}

    /**
     * What became of it.
     *
     * @param status {@code queued}, or {@code unchanged} where it was not parked
     */
    @Serdeable
    record Again(String status, OutboxEntry entry) {}
}
