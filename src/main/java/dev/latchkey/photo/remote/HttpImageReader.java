package dev.latchkey.photo.remote;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.remote.RemoteImages.Fetched;
import dev.latchkey.photo.remote.RemoteImages.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one answer of HTTP/1.1 (RFC 9112), never more of it than a photo may have. */
final class HttpImageReader {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_BYTES = PhotoProcessor.MOST_BYTES;

    private HttpImageReader() {}

    static Fetched read(InputStream in) throws IOException {
        String[] status = line(in).split(" ", 3);
        Map<String, String> headers = headers(in);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].equals("200")) {
            return new Fetched.Refused(Reason.UNREACHABLE);
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunked(in);
        }
        String length = headers.get("content-length");
        return length == null ? untilTheEnd(in) : exactly(in, number(length, 10));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; count < MOST_HEADERS; count++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new IOException("Too many headers");
    }

    private static Fetched exactly(InputStream in, long length) throws IOException {
        if (length > MOST_BYTES) {
            return new Fetched.Refused(Reason.TOO_LARGE);
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new Fetched.Image(bytes);
    }

    private static Fetched untilTheEnd(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES ? new Fetched.Refused(Reason.TOO_LARGE) : new Fetched.Image(bytes);
    }

    private static Fetched chunked(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            long size = number(line(in).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return new Fetched.Image(body.toByteArray());
            }
            if (size > MOST_BYTES - body.size()) {
                return new Fetched.Refused(Reason.TOO_LARGE);
            }
            byte[] chunk = in.readNBytes((int) size);
            if (chunk.length < size || !line(in).isEmpty()) {
                throw new EOFException();
            }
            body.writeBytes(chunk);
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("No length: " + text, e);
        }
        throw new IOException("A negative length");
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == LONGEST_LINE) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
