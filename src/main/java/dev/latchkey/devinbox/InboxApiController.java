package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import java.util.List;

/** The inbox as JSON, for scripts that test with it. */
@OnlyInDev
@Controller("/dev/inbox/messages")
final class InboxApiController {
    private final Inbox inbox;

    InboxApiController(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Newest first; where it is asked to wait and nothing comes, there are none. */
    @Get
    List<InboxMessage> messages(HttpRequest<?> request) throws InterruptedException {
        return inbox.await(MailFilter.of(request.getParameters(), MailFilter.READING));
    }

    @Get("/latest")
    InboxMessage latest(HttpRequest<?> request) throws InterruptedException {
        return inbox.await(MailFilter.of(request.getParameters(), MailFilter.READING)).stream()
                .findFirst()
                .orElseThrow(InboxApiController::missing);
    }

    @Get("/{id}")
    InboxMessage message(String id) {
        return inbox.find(id).orElseThrow(InboxApiController::missing);
    }

    @Delete
    @Status(HttpStatus.NO_CONTENT)
    void deleteMessages(HttpRequest<?> request) {
        inbox.delete(MailFilter.of(request.getParameters(), MailFilter.DELETING));
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void deleteMessage(String id) {
        if (!inbox.delete(id)) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return new ProblemException(Problem.of(ProblemType.NOT_FOUND, "There is no such message in the dev inbox."));
    }
}
