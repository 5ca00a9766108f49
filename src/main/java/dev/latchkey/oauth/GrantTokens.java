package dev.latchkey.oauth;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes and recognises what a client is given for a grant: the code, then access tokens and refresh tokens.
 *
 * <p>Each is the grant's id of 128 random bits, what it is worth, and an HMAC-SHA256 over both under the server secret. So
 * nothing of it is stored, a copy of the database opens nothing, and one that was replaced is told from one that never
 * was. That the grant still stands is for its row to say.
 */
@Singleton
final class GrantTokens {
    private static final int ID_BYTES = 16;
    private static final int MAC_BYTES = 32;
    private static final int BYTES = 1 + ID_BYTES + 2 * Integer.BYTES + 1 + MAC_BYTES;
    private static final int CHARACTERS = (BYTES * Byte.SIZE + 5) / 6;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final KeyedDigest key;
    private final SecureRandom random;

    GrantTokens(ServerSecret secret, SecureRandom random) {
        this.key = secret.tokenMac("grant-token");
        this.random = random;
    }

    String newGrantId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return TEXT.encodeToString(id);
    }

    String mint(Token token) {
        byte[] claims = ByteBuffer.allocate(BYTES - MAC_BYTES)
                .put(token.kind().code)
                .put(Base64.getUrlDecoder().decode(token.grantId()))
                .putInt(token.generation())
                .putInt((int) token.end().getEpochSecond())
                .put((byte) token.scopes().stream().mapToInt(GrantScope::bit).sum())
                .array();
        return TEXT.encodeToString(
                ByteBuffer.allocate(BYTES).put(claims).put(mac(claims)).array());
    }

    /** What a token says; empty unless this server minted exactly this one. */
    Optional<Token> read(String text) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!TEXT.encodeToString(bytes).equals(text)) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(bytes);
        byte[] claims = new byte[BYTES - MAC_BYTES];
        byte[] given = new byte[MAC_BYTES];
        read.get(claims).get(given);
        return MessageDigest.isEqual(mac(claims), given)
                ? Optional.of(parse(ByteBuffer.wrap(claims)))
                : Optional.empty();
    }

    private static Token parse(ByteBuffer claims) {
        Kind kind = Kind.of(claims.get());
        byte[] id = new byte[ID_BYTES];
        claims.get(id);
        int generation = claims.getInt();
        Instant end = Instant.ofEpochSecond(Integer.toUnsignedLong(claims.getInt()));
        int bits = claims.get();
        Set<GrantScope> scopes = EnumSet.allOf(GrantScope.class);
        scopes.removeIf(scope -> (bits & scope.bit()) == 0);
        return new Token(kind, TEXT.encodeToString(id), generation, end, scopes);
    }

    private byte[] mac(byte[] claims) {
        return key.bytes(TEXT.encodeToString(claims));
    }

    /** What it is for; one kind is never taken for another. */
    enum Kind {
        CODE(1),
        ACCESS(2),
        REFRESH(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            return Stream.of(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * What a token is worth.
     *
     * @param generation how often the grant had been exchanged when it was minted: a code is of the first, and whatever is
     *     exchanged must be of the one that the grant is in
     * @param end until when, to the second
     */
    record Token(Kind kind, String grantId, int generation, Instant end, Set<GrantScope> scopes) {}
}
