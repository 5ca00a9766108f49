package dev.latchkey.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first to see a request and the last to see its answer: refuses what makes the framework (as of Micronaut 4.10) throw
 * in the middle of routing, gives each answer its request id, and a body to errors that have none.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EdgeFilter {
    /** The id of a call: in this header of its answer, in its problem, and in the log. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final Logger LOG = LoggerFactory.getLogger(EdgeFilter.class);

    /** What somebody may not do, or may not do so often. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);

    private static final String ID_ATTRIBUTE = "latchkey.request-id";

    /** A name or an address, and perhaps a port (RFC 9110, section 7.2), without what no name in use holds. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%25[\\w.~-]+)?]|([\\w.~-]|%[0-9A-Fa-f]{2})+)(:\\d{0,5})?");

    /** Names have 253 characters at most (RFC 1035); the pattern would use up the stack on far more. */
    private static final int LONGEST_HOST = 300;

    private final Problems problems;

    EdgeFilter(Problems problems) {
        this.problems = problems;
    }

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> refuseMalformed(HttpRequest<?> request) {
        // Nothing is at hand yet from which the language could be told.
        return ServerRequestContext.with(request, (Supplier<@Nullable HttpResponse<?>>) () -> {
            Problem problem = problemIn(request);
            return problem == null ? null : problems.respond(request, problem);
        });
    }

    @ResponseFilter
    void complete(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (response.code() >= 400 && response.body() == null && request.getMethod() != HttpMethod.HEAD) {
            response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
            problems.respond(request, Problem.of(ProblemType.ofStatus(response.code())), response);
        }
        response.getHeaders().set(REQUEST_ID, idOf(request));
        if (REFUSALS.contains(response.code())) {
            // The route, as what stands in its place in an address may open something.
            LOG.info(
                    "Refused with {}: {} {}, request {}",
                    response.code(),
                    request.getMethod(),
                    BasicHttpAttributes.getUriTemplate(request).orElse("an unknown address"),
                    idOf(request));
        }
    }

    /**
     * The id of this call; the same each time it is asked for. Random throughout: strangers see it, so it must tell
     * nothing about the ids that others get.
     */
    static String idOf(HttpRequest<?> request) {
        return request.getAttribute(ID_ATTRIBUTE, String.class).orElseGet(() -> {
            String id = UUID.randomUUID().toString();
            request.setAttribute(ID_ATTRIBUTE, id);
            return id;
        });
    }

    /** What is wrong with the head of this request; null when nothing is. */
    private static @Nullable Problem problemIn(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        boolean old = isHttp10(request);
        String address = address(request);
        if (address != null) {
            return Problem.worded(ProblemType.INVALID_REQUEST, address);
        }
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        if (!(old && hosts.isEmpty())
                && !(hosts.size() == 1
                        && hosts.getFirst().length() <= LONGEST_HOST
                        && HOST.matcher(hosts.getFirst()).matches())) {
            return Problem.worded(ProblemType.INVALID_REQUEST, "host");
        }
        String expect = headers.get(HttpHeaders.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue") && !old) {
            return Problem.of(ProblemType.EXPECTATION_FAILED);
        }
        List<String> contentTypes = headers.getAll(HttpHeaders.CONTENT_TYPE);
        if (contentTypes.size() > 1 || !contentTypes.stream().allMatch(EdgeFilter::isContentType)) {
            return refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, HttpHeaders.CONTENT_TYPE);
        }
        String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
        // Those that are known were taken off together with the header.
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, HttpHeaders.CONTENT_ENCODING);
        }
        if (fails(request::accept)) {
            return refused(ProblemType.INVALID_REQUEST, HttpHeaders.ACCEPT);
        }
        // Parses as the router will, which throws on a header of mere semicolons.
        return fails(headers::findAcceptLanguage)
                ? refused(ProblemType.INVALID_REQUEST, HttpHeaders.ACCEPT_LANGUAGE)
                : null;
    }

    private static Problem refused(ProblemType type, String header) {
        return Problem.worded(type, "header", header);
    }

    private static boolean fails(Runnable reading) {
        try {
            reading.run();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** Nothing is asked of Host and Expect there (RFC 9112, section 3.2; RFC 9110, section 10.1.1). */
    private static boolean isHttp10(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && netty.getNativeRequest().protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** What to say of percent-encoding that is broken, or that hides something else than UTF-8 or a NUL. */
    private static @Nullable String address(HttpRequest<?> request) {
        String raw = request.getUri().toString();
        if (raw.indexOf('%') < 0) {
            return null;
        }
        try {
            String bytes = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return bytes.indexOf('\0') >= 0 ? "address.nul" : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return "address.percent";
        }
    }

    private static boolean isContentType(String header) {
        try {
            String charset = MediaType.of(header).getParameters().get("charset").orElse(null);
            return charset == null || Charset.isSupported(charset.replace("\"", ""));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
