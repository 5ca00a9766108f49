package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict decoding: bytes that mean nothing are refused, not replaced, so that nothing is stored that nobody typed. */
final class StrictText {
    private StrictText() {}

    static String utf8(byte[] bytes) {
        return decode(bytes, StandardCharsets.UTF_8);
    }

    static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, ProblemTexts.text("body.charset", charset.displayName()));
        }
    }

    /** The character set of that name, which may be quoted; empty when it is not known here. */
    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name.replace("\"", "").strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
