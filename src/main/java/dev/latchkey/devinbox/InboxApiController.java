package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import java.util.List;

/** The inbox as JSON, for scripts that test with it. */
@OnlyInDev
@Controller("/dev/inbox/messages")
final class InboxApiController {
    private final DevMailServer inbox;
    private final Problems problems;

    InboxApiController(DevMailServer inbox, Problems problems) {
        this.inbox = inbox;
        this.problems = problems;
    }

    @Get
    List<InboxMessage> messages() {
        return inbox.messages();
    }

    @Get("/{id}")
    HttpResponse<?> message(HttpRequest<?> request, String id) {
        return inbox.find(id).<HttpResponse<?>>map(HttpResponse::ok).orElseGet(() -> missing(request));
    }

    @Delete
    HttpResponse<?> deleteMessages() {
        inbox.deleteAll();
        return HttpResponse.noContent();
    }

    private HttpResponse<?> missing(HttpRequest<?> request) {
        return problems.respond(
                request, Problem.of(ProblemType.NOT_FOUND, "There is no such message in the dev inbox."));
    }
}
