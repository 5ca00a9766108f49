package dev.latchkey.http;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.ReadTimeoutException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives every error that the framework answers by itself the shape of a problem. */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<Object> {
    private final Problems problems;
    private final UnexpectedErrorHandler unexpected;

    FrameworkErrors(Problems problems, UnexpectedErrorHandler unexpected) {
        this.problems = problems;
        this.unexpected = unexpected;
    }

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpRequest<?> request = context.getRequest();
        // What fails before routing has no request at hand from which the language could be told.
        return ServerRequestContext.with(request, (Supplier<MutableHttpResponse<Object>>) () -> problems.respond(
                request, problemOf(request, context.getRootCause().orElse(null), base.code()), base));
    }

    private Problem problemOf(HttpRequest<?> request, @Nullable Throwable cause, int status) {
        ProblemType malformed = malformed(request);
        if (malformed != null) {
            return StatusProblems.of(malformed);
        }
        return switch (cause) {
            case ProblemException exception -> exception.problem();
            case UnsatisfiedRouteException exception -> badValue(exception.getArgument());
            case ConversionErrorException exception -> badValue(exception.getArgument());
            case null -> StatusProblems.of(status);
            default -> status >= 500 ? unexpected.problemOf(request, cause) : StatusProblems.of(status);
        };
    }

    private static Problem badValue(Argument<?> argument) {
        String detail = ProblemTexts.text("value", argument.getName());
        return Problem.of(ProblemType.INVALID_REQUEST, detail)
                .withErrors(List.of(FieldError.of(argument.getName(), detail)));
    }

    /** What the decoder said of a request line or header that it could not read. */
    private static @Nullable ProblemType malformed(HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> netty)
                || !netty.getNativeRequest().decoderResult().isFailure()) {
            return null;
        }
        return switch (netty.getNativeRequest().decoderResult().cause()) {
            case TooLongHttpLineException e -> ProblemType.URI_TOO_LONG;
            case TooLongHttpHeaderException e -> ProblemType.HEADERS_TOO_LARGE;
            case ReadTimeoutException e -> ProblemType.REQUEST_TIMEOUT;
            default -> ProblemType.INVALID_REQUEST;
        };
    }
}
