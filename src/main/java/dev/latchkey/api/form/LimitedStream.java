package dev.latchkey.api.form;

import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to go on past a number of bytes, whatever the Content-Length said. */
final class LimitedStream {
    private final InputStream body;
    private long left;

    LimitedStream(InputStream body, long most) {
        this.body = body;
        this.left = most;
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
        int count = body.read(into, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw new ProblemException(ProblemType.TOO_LARGE, "The request is too large.");
        }
        return count;
    }
}
