package dev.latchkey.api.admin;

import dev.latchkey.operator.AccountFacts;
import dev.latchkey.operator.AccountOperations;
import dev.latchkey.operator.AccountSearch;
import dev.latchkey.operator.OperationOutcome;
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
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts, and what an operator may do to them. */
@Controller("/admin/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@OnAdminPort
final class AccountsController {
    private static final Logger AUDIT = LoggerFactory.getLogger(AccountsController.class);
    private static final String ACCOUNT = "account";
    /** The longest address. */
    private static final int LONGEST = 254;

    private final AdminCalls calls;
    private final AccountSearch search;
    private final AccountOperations operations;

    AccountsController(AdminCalls calls, AccountSearch search, AccountOperations operations) {
        this.calls = calls;
        this.search = search;
        this.operations = operations;
    }

    @Get
    HttpResponse<?> find(HttpRequest<?> request) {
        calls.operator(request);
        calls.takes(request, "q", "after", "limit");
        String query = calls.parameter(request, "q").orElse("");
        if (query.length() > LONGEST) {
            throw AdminCalls.invalid("q", "The parameter q has more than " + LONGEST + " characters.");
        }
        return AdminCalls.ok(search.search(query, calls.id(request, "after").orElse(null), calls.limit(request)));
    }

    @Get("/{id}")
    HttpResponse<?> show(HttpRequest<?> request, String id) {
        calls.operator(request);
        return AdminCalls.ok(search.find(calls.named(id, ACCOUNT)).orElseThrow(() -> AdminCalls.unknown(ACCOUNT)));
    }

    @Post("/{id}/block")
    HttpResponse<?> block(HttpRequest<?> request, String id) {
        return operate(request, id, "blocked", operations::block);
    }

    @Post("/{id}/unblock")
    HttpResponse<?> unblock(HttpRequest<?> request, String id) {
        return operate(request, id, "unblocked", operations::unblock);
    }

    @Post("/{id}/end-sessions")
    HttpResponse<?> endSessions(HttpRequest<?> request, String id) {
        return operate(request, id, "ended", operations::endSessions);
    }

    @Delete("/{id}")
    HttpResponse<?> delete(HttpRequest<?> request, String id) {
        operate(request, id, "deleted", operations::delete);
        return HttpResponse.noContent();
    }

    private HttpResponse<?> operate(
            HttpRequest<?> request, String id, String done, Function<UUID, OperationOutcome> operation) {
        String operator = calls.operator(request);
        return switch (operation.apply(calls.named(id, ACCOUNT))) {
            case OperationOutcome.Done outcome -> {
                AUDIT.info("Over the admin API {} {} an account", operator, done);
                yield AdminCalls.ok(new Answer(done, outcome.account()));
            }
            case OperationOutcome.Unchanged outcome -> AdminCalls.ok(new Answer("unchanged", outcome.account()));
            case OperationOutcome.NoAccount none -> throw AdminCalls.unknown(ACCOUNT);
        };
    }

    /**
     * What was done.
     *
     * @param status what it was, or {@code unchanged} where there was nothing to do
     * @param account as it is since
     */
    @Serdeable
    record Answer(String status, AccountFacts account) {}
}
