package dev.latchkey.http;

import dev.latchkey.credential.HashingOverloaded;
import dev.latchkey.database.OutcomeUnknown;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no other handler knows: what will pass (a locked database, a full disk, a crowd) becomes 503, a link that may or may
 * not have been used 504, all else 500, each logged once with the id of the
 * call. Never with its address, because addresses hold tokens.
 */
@Singleton
final class UnexpectedErrorHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedErrorHandler.class);

    private final Problems problems;

    UnexpectedErrorHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, Throwable exception) {
        return problems.respond(request, problemOf(request, exception));
    }

    Problem problemOf(HttpRequest<?> request, Throwable exception) {
        String id = RequestId.of(request);
        if (isDisconnect(exception)) {
            LOG.debug("The caller hung up, request {}", id);
            return Problem.of(ProblemType.INVALID_REQUEST, ProblemTexts.text("hung-up"));
        }
        if (exception instanceof HashingOverloaded) {
            LOG.debug("{}, request {}", exception.getMessage(), id);
            return Problem.of(ProblemType.UNAVAILABLE, ProblemTexts.text("later"));
        }
        if (exception instanceof OutcomeUnknown unknown) {
            LOG.warn("Nobody knows how request {} ended", id, exception);
            ProblemType type = unknown.doing() == OutcomeUnknown.Doing.USE_LINK
                    ? ProblemType.OUTCOME_UNKNOWN
                    : ProblemType.UNAVAILABLE;
            return Problem.of(type, ProblemTexts.unknown(unknown));
        }
        if (TransientFailure.isBehind(exception)) {
            LOG.warn("Request {} cannot be served at the moment", id, exception);
            return Problem.of(ProblemType.UNAVAILABLE, ProblemTexts.text("later"));
        }
        LOG.error("Unexpected error, request {}", id, exception);
        return Problem.of(ProblemType.INTERNAL, ProblemTexts.text("mistake"));
    }

    private static boolean isDisconnect(Throwable exception) {
        return exception instanceof ClosedChannelException
                || (exception instanceof IOException && exception.getCause() instanceof ClosedChannelException);
    }
}
