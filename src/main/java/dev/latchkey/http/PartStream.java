package dev.latchkey.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The parts of a multipart body, one after the other (RFC 2046, section 5.1.1). Whatever is before the first delimiter
 * and after the last one is ignored, as the RFC asks.
 */
final class PartStream {
    private static final int BUFFER = 16 * 1024;
    private static final int MOST_HEAD_BYTES = 8 * 1024;

    /** Takes a piece of a part's content. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean begun;

    PartStream(InputStream body, byte[] boundary) {
        this.body = body;
        this.delimiter = new byte[boundary.length + 4];
        delimiter[0] = '\r';
        delimiter[1] = '\n';
        delimiter[2] = '-';
        delimiter[3] = '-';
        System.arraycopy(boundary, 0, delimiter, 4, boundary.length);
        // The line break before the very first delimiter is not sent; with it here, all delimiters look the same.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** Moves to the next part; false after the last one. */
    boolean next() throws IOException {
        if (!begun) {
            begun = true;
            body((bytes, offset, length) -> {});
        }
        byte first = one();
        byte second = one();
        if (first == '-' && second == '-') {
            drain();
            return false;
        }
        while (first == ' ' || first == '\t') {
            first = second;
            second = one();
        }
        if (first != '\r' || second != '\n') {
            throw MultipartReader.malformed();
        }
        return true;
    }

    /** The header lines of the part, with the empty one that ends them; each byte as a character of Latin-1. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!endsWithEmptyLine(head)) {
            if (head.length() == MOST_HEAD_BYTES) {
                throw MultipartReader.malformed();
            }
            head.append((char) (one() & 0xff));
        }
        return head.toString();
    }

    private static boolean endsWithEmptyLine(StringBuilder head) {
        int length = head.length();
        return (length == 2 && head.charAt(0) == '\r' && head.charAt(1) == '\n')
                || (length >= 4 && head.substring(length - 4).equals("\r\n\r\n"));
    }

    /** Passes on the content of the part, up to its delimiter. */
    void body(Sink sink) throws IOException {
        while (true) {
            int found = indexOfDelimiter();
            if (found >= 0) {
                sink.take(buffer, start, found - start);
                start = found + delimiter.length;
                return;
            }
            // A delimiter may have begun at the end of what is here.
            int safe = Math.max(0, end - start - (delimiter.length - 1));
            sink.take(buffer, start, safe);
            start += safe;
            fill();
        }
    }

    private int indexOfDelimiter() {
        for (int at = start; at <= end - delimiter.length; at++) {
            int matched = 0;
            while (matched < delimiter.length && buffer[at + matched] == delimiter[matched]) {
                matched++;
            }
            if (matched == delimiter.length) {
                return at;
            }
        }
        return -1;
    }

    private byte one() throws IOException {
        if (start == end) {
            fill();
        }
        return buffer[start++];
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int count = body.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw MultipartReader.malformed();
        }
        end += count;
    }

    private void drain() throws IOException {
        while (body.read(buffer, 0, buffer.length) >= 0) {
            // The epilogue has no meaning.
        }
    }
}
