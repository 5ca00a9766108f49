package dev.latchkey.api.form;

import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemTexts;
import dev.latchkey.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1), strictly. */
final class UrlEncodedForm {
    private UrlEncodedForm() {}

    static MultipartForm read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MultipartReader.MOST_TEXT_BYTES + 1);
        if (bytes.length > MultipartReader.MOST_TEXT_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("form.large"));
        }
        MultipartForm form = new MultipartForm();
        int fields = 0;
        for (String pair : Utf8.decode(bytes).split("&", -1)) {
            if (!pair.isEmpty()) {
                if (++fields > MultipartReader.MOST_PARTS) {
                    throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("form.fields"));
                }
                String[] sides = pair.split("=", 2);
                form.add(decode(sides[0]), sides.length < 2 ? "" : decode(sides[1]));
            }
        }
        return form;
    }

    /** By way of Latin-1, as the JDK's own UTF-8 decoding replaces what is broken. */
    private static String decode(String encoded) {
        try {
            String bytes = URLDecoder.decode(
                    new String(encoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1);
            return Utf8.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("form.percent"));
        }
    }
}
