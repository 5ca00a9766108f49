package dev.latchkey.http;

import dev.latchkey.credential.HashingOverloaded;
import dev.latchkey.database.OutcomeUnknown;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.ReadTimeoutException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a problem of whatever goes wrong: of what is thrown, and of what the framework answers by itself. What will pass
 * (a locked database, a full disk, a crowd) becomes 503, a link that may or may not have been used 504, what nobody
 * expected 500, each logged once with the id of the call. Never with its address, because addresses hold tokens.
 */
@Singleton
final class ProblemHandler implements ExceptionHandler<Throwable, HttpResponse<?>>, ErrorResponseProcessor<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final Problems problems;

    ProblemHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, Throwable exception) {
        return problems.respond(request, problemOf(request, exception));
    }

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpRequest<?> request = context.getRequest();
        // What fails before routing has no request at hand from which the language could be told.
        return ServerRequestContext.with(request, (Supplier<MutableHttpResponse<Object>>)
                () -> problems.respond(request, problemOf(context, base.code()), base));
    }

    private static Problem problemOf(ErrorContext context, int status) {
        HttpRequest<?> request = context.getRequest();
        if (request instanceof NettyHttpRequest<?> netty
                && netty.getNativeRequest().decoderResult().isFailure()) {
            return Problem.of(malformed(netty.getNativeRequest().decoderResult()));
        }
        return switch (context.getRootCause().orElse(null)) {
            case UnsatisfiedRouteException exception -> badValue(exception.getArgument());
            case ConversionErrorException exception -> badValue(exception.getArgument());
            case null -> Problem.of(ProblemType.ofStatus(status));
            case Throwable cause ->
                status >= 500 || cause instanceof ProblemException
                        ? problemOf(request, cause)
                        : Problem.of(ProblemType.ofStatus(status));
        };
    }

    /** What the decoder said of a request line or header that it could not read. */
    private static ProblemType malformed(DecoderResult result) {
        return switch (result.cause()) {
            case TooLongHttpLineException e -> ProblemType.URI_TOO_LONG;
            case TooLongHttpHeaderException e -> ProblemType.HEADERS_TOO_LARGE;
            case ReadTimeoutException e -> ProblemType.REQUEST_TIMEOUT;
            default -> ProblemType.INVALID_REQUEST;
        };
    }

    private static Problem badValue(Argument<?> argument) {
        return Problem.ofField(
                ProblemType.INVALID_REQUEST, argument.getName(), Problem.text("value", argument.getName()));
    }

    private static Problem problemOf(HttpRequest<?> request, Throwable exception) {
        if (exception instanceof ProblemException known) {
            return known.problem();
        }
        String id = EdgeFilter.idOf(request);
        if (isDisconnect(exception)) {
            LOG.debug("The caller hung up, request {}", id);
            return Problem.worded(ProblemType.INVALID_REQUEST, "hung-up");
        }
        if (exception instanceof OutcomeUnknown unknown) {
            LOG.warn("Nobody knows how request {} ended", id, exception);
            return Problem.of(unknown);
        }
        if (exception instanceof HashingOverloaded) {
            LOG.debug("{}, request {}", exception.getMessage(), id);
        } else if (TransientFailure.isBehind(exception)) {
            LOG.warn("Request {} cannot be served at the moment", id, exception);
        } else {
            LOG.error("Unexpected error, request {}", id, exception);
            return Problem.worded(ProblemType.INTERNAL, "mistake");
        }
        return Problem.worded(ProblemType.UNAVAILABLE, "later");
    }

    private static boolean isDisconnect(Throwable exception) {
        return exception instanceof ClosedChannelException
                || (exception instanceof IOException && exception.getCause() instanceof ClosedChannelException);
    }
}
