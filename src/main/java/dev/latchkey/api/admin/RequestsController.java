package dev.latchkey.api.admin;

import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The requests for links of the past month, whoever asked for them. */
@Controller("/admin/requests")
@ExecuteOn(TaskExecutors.BLOCKING)
@OnAdminPort
final class RequestsController {
    private final AdminCalls calls;
    private final LinkStatusService requests;

    RequestsController(AdminCalls calls, LinkStatusService requests) {
        this.calls = calls;
        this.requests = requests;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        calls.operator(request);
        calls.takes(request, "account", "state", "after", "limit");
        int most = calls.limit(request);
        List<Asked> found = requests.newest(
                calls.id(request, "account").orElse(null),
                calls.word(request, "state", LinkState.class).orElse(null),
                calls.id(request, "after").orElse(null),
                most + 1);
        List<Asked> shown = found.subList(0, Math.min(most, found.size()));
        return AdminCalls.ok(new Answer(
                shown.stream().map(Entry::of).toList(),
                found.size() > most ? shown.getLast().id() : null));
    }

    /** @param next what the next ones are asked for with; {@code null} at the end */
    @Serdeable
    record Answer(List<Entry> requests, @Nullable UUID next) {}

    /**
     * One request.
     *
     * @param accountId {@code null} where nobody's account was meant, or it is gone
     * @param assistant the name of the assistant's key, where it came with one that has a name
     * @param fields names of what was saved with it
     * @param endedAt when it was used, withdrawn or found undeliverable
     */
    @Serdeable
    record Entry(
            UUID id,
            Instant at,
            @Nullable UUID accountId,
            String purpose,
            String door,
            @Nullable String assistant,
            String matchPhrase,
            String state,
            List<String> fields,
            @Nullable Instant expiresAt,
            @Nullable Instant endedAt) {

        static Entry of(Asked asked) {
            return new Entry(
                    asked.id(),
                    asked.at(),
                    asked.accountId(),
                    AdminCalls.key(asked.purpose()),
                    AdminCalls.key(asked.provenance().door()),
                    asked.provenance().assistant(),
                    asked.provenance().matchPhrase(),
                    AdminCalls.key(asked.state()),
                    asked.changed(),
                    asked.expiresAt(),
                    asked.endedAt());
        }
    }
}
