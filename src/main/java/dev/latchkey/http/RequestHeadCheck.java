package dev.latchkey.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds in the head of a request what would make the framework throw in the middle of routing. */
final class RequestHeadCheck {
    /** A name or an address, and perhaps a port (RFC 9110, section 7.2), without what no name in use holds. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%25[\\w.~-]+)?]|([\\w.~-]|%[0-9A-Fa-f]{2})+)(:\\d{0,5})?");

    private RequestHeadCheck() {}

    static Optional<Problem> in(HttpRequest<?> request) {
        String detail = address(request);
        if (detail != null) {
            return Optional.of(Problem.of(ProblemType.INVALID_REQUEST, detail));
        }
        boolean old = isHttp10(request);
        List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
        if (!(old && hosts.isEmpty())
                && !(hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches())) {
            return Optional.of(Problem.of(ProblemType.INVALID_REQUEST, ProblemTexts.text("host")));
        }
        String expect = request.getHeaders().get(HttpHeaders.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue") && !old) {
            return Optional.of(StatusProblems.of(ProblemType.EXPECTATION_FAILED));
        }
        List<String> contentTypes = request.getHeaders().getAll(HttpHeaders.CONTENT_TYPE);
        if (!contentTypes.stream().allMatch(RequestHeadCheck::isContentType) || contentTypes.size() > 1) {
            return Optional.of(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemTexts.text("header", HttpHeaders.CONTENT_TYPE)));
        }
        String coding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        // Those that are known were taken off together with the header.
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return Optional.of(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemTexts.text("header", HttpHeaders.CONTENT_ENCODING)));
        }
        if (!acceptIsReadable(request)) {
            return Optional.of(
                    Problem.of(ProblemType.INVALID_REQUEST, ProblemTexts.text("header", HttpHeaders.ACCEPT)));
        }
        if (!acceptLanguageIsReadable(request)) {
            return Optional.of(
                    Problem.of(ProblemType.INVALID_REQUEST, ProblemTexts.text("header", HttpHeaders.ACCEPT_LANGUAGE)));
        }
        return Optional.empty();
    }

    /** Nothing is asked of Host and Expect there (RFC 9112, section 3.2; RFC 9110, section 10.1.1). */
    private static boolean isHttp10(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && netty.getNativeRequest().protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** Percent-encoding that is broken, or that hides something else than UTF-8 or a NUL. */
    private static @Nullable String address(HttpRequest<?> request) {
        String raw = request.getUri().toString();
        if (raw.indexOf('%') < 0) {
            return null;
        }
        try {
            String bytes = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return bytes.indexOf('\0') >= 0 ? ProblemTexts.text("address.nul") : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return ProblemTexts.text("address.percent");
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

    private static boolean acceptIsReadable(HttpRequest<?> request) {
        try {
            request.accept();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean acceptLanguageIsReadable(HttpRequest<?> request) {
        try {
            // Parses as the router will, which throws on a header of mere semicolons.
            request.getHeaders().findAcceptLanguage();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
