package dev.latchkey.api.account;

import dev.latchkey.history.HistoryCursor;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.HistoryService;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.WholeNumbers;
import io.micronaut.http.HttpHeaders;
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

/** What happened to one's own account. */
@Controller("/profile/me/history")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HistoryController {
    private static final String AFTER = "after";
    private static final String LIMIT = "limit";
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final Bearers bearers;
    private final HistoryService history;
    private final AccountAnswers answers;

    HistoryController(Bearers bearers, HistoryService history, AccountAnswers answers) {
        this.bearers = bearers;
        this.history = history;
        this.answers = answers;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        UUID me = bearers.require(request).view().account().id();
        HistoryService.Page page = history.page(me, after(request), limit(request));
        HistoryCursor next = page.next();
        return HttpResponse.ok(new Answer(
                        page.entries().stream().map(Entry::of).toList(), next == null ? null : next.toString()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private @Nullable HistoryCursor after(HttpRequest<?> request) {
        List<String> given = request.getParameters().getAll(AFTER);
        if (given.isEmpty()) {
            return null;
        }
        return HistoryCursor.parse(given.size() == 1 ? given.getFirst() : "")
                .orElseThrow(() ->
                        new ProblemException(answers.ofField(ProblemType.INVALID_REQUEST, AFTER, "history.after")));
    }

    private int limit(HttpRequest<?> request) {
        List<String> given = request.getParameters().getAll(LIMIT);
        if (given.isEmpty()) {
            return USUAL;
        }
        long limit = given.size() == 1 ? WholeNumbers.parse(given.getFirst()).orElse(0) : 0;
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(answers.ofField(ProblemType.INVALID_REQUEST, LIMIT, "history.limit", MOST));
        }
        return (int) limit;
    }

    @Serdeable
    record Answer(List<Entry> entries, @Nullable String next) {}

    @Serdeable
    record Entry(
            UUID id,
            Instant at,
            String kind,
            String door,
            @Nullable String assistant,
            @Nullable String client,
            String state,
            List<String> fields,
            @Nullable Instant undoableUntil) {

        static Entry of(HistoryEntry entry) {
            return new Entry(
                    entry.id(),
                    entry.at(),
                    HistoryEntry.key(entry.kind()),
                    entry.door(),
                    entry.assistant(),
                    entry.client(),
                    HistoryEntry.key(entry.state()),
                    entry.fields(),
                    entry.undoableUntil());
        }
    }
}
