package dev.latchkey.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A form with text fields and a photo, as browsers send it. */
public final class MultipartForm {
    private static final String BOUNDARY = "----a-boundary-of-the-tests";

    /** The content type of {@link #of}. */
    public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private MultipartForm() {}

    /** The body. The photo's name and declared type are lies; no bytes stand for a field where no file was chosen. */
    public static byte[] of(Map<String, String> fields, byte[] photo) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> write(body, part("name=\"" + name + "\"\r\n") + value + "\r\n"));
        String file = photo.length == 0 ? "" : "me.txt";
        write(body, part("name=\"photo\"; filename=\"" + file + "\"\r\nContent-Type: text/plain\r\n"));
        body.writeBytes(photo);
        write(body, "\r\n--" + BOUNDARY + "--\r\n");
        return body.toByteArray();
    }

    private static String part(String head) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n";
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
