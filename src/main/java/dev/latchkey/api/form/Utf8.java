package dev.latchkey.api.form;

import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemTexts;
import dev.latchkey.api.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: bytes that are none are refused, not replaced, so that nothing is stored that nobody typed. */
final class Utf8 {
    private Utf8() {}

    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("body.utf8"));
        }
    }
}
