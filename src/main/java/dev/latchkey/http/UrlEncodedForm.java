package dev.latchkey.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1), strictly. */
final class UrlEncodedForm {
    private UrlEncodedForm() {}

    static MultipartForm read(InputStream body, Charset charset) throws IOException {
        byte[] bytes = body.readNBytes(MultipartReader.MOST_TEXT_BYTES + 1);
        if (bytes.length > MultipartReader.MOST_TEXT_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("form.large"));
        }
        MultipartForm form = new MultipartForm();
        int fields = 0;
        for (String pair : new String(bytes, StandardCharsets.ISO_8859_1).split("&", -1)) {
            if (!pair.isEmpty()) {
                if (++fields > MultipartReader.MOST_PARTS) {
                    throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("form.fields"));
                }
                String[] sides = pair.split("=", 2);
                form.add(decode(sides[0], charset), sides.length < 2 ? "" : decode(sides[1], charset));
            }
        }
        return form;
    }

    /** By way of Latin-1, as the JDK's own decoding replaces what is broken. */
    private static String decode(String encoded, Charset charset) {
        try {
            String bytes = URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1);
            return StrictText.decode(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("form.percent"));
        }
    }
}
