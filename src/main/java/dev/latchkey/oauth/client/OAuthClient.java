package dev.latchkey.oauth.client;

import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.text.InvisibleCharacters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A program that may ask people to let it in.
 *
 * @param id what it is called by programs
 * @param host by which people are told who asks: of the document that it published or else, as anybody can say any name,
 *     of the address that takes the answer
 * @param name what it calls itself, which proves nothing; absent where it has none
 * @param redirectUris where it takes its answers
 * @param secretDigest of the secret it has; absent for the public ones
 */
public record OAuthClient(
        String id,
        String host,
        @Nullable String name,
        List<String> redirectUris,
        @Nullable String secretDigest) {

    static OAuthClient of(String id, ClientDescription told) {
        String secret = told.secret();
        return new OAuthClient(
                id,
                hostOf(id, told.redirects().getFirst()),
                seen(told.name()),
                told.redirects().stream().map(RedirectAddress::text).toList(),
                secret == null ? null : DigestUtils.sha256Hex(secret));
    }

    /** One without a secret, by its first address until it says which one it wants the answer at. */
    static OAuthClient open(String id, @Nullable String name, List<String> redirectUris) {
        String host = RedirectAddress.parse(redirectUris.getFirst())
                .map(RedirectAddress::host)
                .orElse("");
        return new OAuthClient(id, host, name, redirectUris, null);
    }

    /** The same client, asking to be answered there; empty where it may not. */
    public Optional<OAuthClient> answeredAt(RedirectAddress asked) {
        return redirectUris.stream()
                        .flatMap(uri -> RedirectAddress.parse(uri).stream())
                        .anyMatch(redirect -> redirect.permits(asked))
                ? Optional.of(new OAuthClient(id, hostOf(id, asked), name, redirectUris, secretDigest))
                : Optional.empty();
    }

    boolean hasSecret() {
        return secretDigest != null;
    }

    /** Whether one of these is its secret; takes the same time for each that is not. */
    boolean isProvenBy(Set<String> secrets) {
        byte[] own = (secretDigest == null ? "" : secretDigest).getBytes(StandardCharsets.US_ASCII);
        boolean proven = false;
        for (String secret : secrets) {
            proven |= MessageDigest.isEqual(own, DigestUtils.sha256Hex(secret).getBytes(StandardCharsets.US_ASCII));
        }
        return proven;
    }

    private static String hostOf(String id, RedirectAddress asked) {
        return ClientDocumentAddress.parse(id).map(ClientDocumentAddress::host).orElseGet(asked::host);
    }

    /** Without what nobody can see, and what turns the text around it. */
    private static @Nullable String seen(@Nullable String name) {
        if (name == null || InvisibleCharacters.isAllOf(name)) {
            return null;
        }
        StringBuilder seen = new StringBuilder();
        name.codePoints()
                .filter(point -> point == ' ' || InvisibleCharacters.isJoiner(point) || !InvisibleCharacters.is(point))
                .forEach(seen::appendCodePoint);
        return InvisibleCharacters.trimName(seen.toString());
    }

    @Override
    public String toString() {
        return "the client " + id;
    }
}
