package dev.latchkey.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Keys that callers present as a bearer (RFC 6750, section 2.1), kept as SHA-256 digests only. */
public final class BearerKeys {
    private static final String SCHEME = "Bearer ";

    private final List<byte[]> digests;

    public BearerKeys(Collection<String> keys) {
        digests = keys.stream().map(DigestUtils::sha256).toList();
    }

    /** What a call presents; empty when that is nothing, or more than one. */
    public static Optional<String> presented(HttpRequest<?> request) {
        List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        return headers.size() == 1 && headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(headers.getFirst().substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** Whether nobody can present one. */
    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /**
     * The digest of the key that a call presents, if it is one of these. Always looks at all of them, so that time tells
     * nothing.
     */
    public Optional<String> find(HttpRequest<?> request) {
        return presented(request).flatMap(this::find);
    }

    private Optional<String> find(String key) {
        byte[] presented = DigestUtils.sha256(key);
        byte @Nullable [] found = null;
        for (byte[] digest : digests) {
            if (MessageDigest.isEqual(digest, presented)) {
                found = digest;
            }
        }
        return Optional.ofNullable(found).map(HexFormat.of()::formatHex);
    }

    /** The digest of a key, as {@link #find(HttpRequest)} tells it. */
    public static String digestOf(String key) {
        return DigestUtils.sha256Hex(key);
    }
}
