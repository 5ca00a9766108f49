package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) from a stream in one pass and in constant memory. A part called
 * {@code photo} is the photo whether or not it has a file name; other parts are texts unless they have one.
 *
 * <p>Not the framework's own reader: that one stops at the first file over its limit, and the other fields, which a
 * person typed, would be lost with it.
 */
final class MultipartReader {
    static final int MOST_PARTS = 50;
    static final int MOST_TEXT_BYTES = 64 * 1024;

    private final PartStream parts;
    private Charset charset;
    private int textBytes;

    /**
     * @param charset of texts whose part names none
     */
    MultipartReader(InputStream body, String boundary, Charset charset) {
        this.parts = new PartStream(body, boundary(boundary));
        this.charset = charset;
    }

    /** RFC 2046, section 5.1.1: 1 to 70 characters. */
    private static byte[] boundary(String boundary) {
        String bare = boundary.replaceFirst("^\"(.*)\"$", "$1");
        if (bare.isEmpty() || bare.length() > 70) {
            throw malformed();
        }
        return bare.getBytes(StandardCharsets.ISO_8859_1);
    }

    MultipartForm read() throws IOException {
        MultipartForm form = new MultipartForm();
        boolean complete = false;
        try {
            for (int count = 0; parts.next(); count++) {
                if (count == MOST_PARTS) {
                    throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("form.fields"));
                }
                readPart(PartHead.parse(parts.head()), form);
            }
            complete = true;
            return form;
        } finally {
            if (!complete) {
                form.close();
            }
        }
    }

    private void readPart(PartHead head, MultipartForm form) throws IOException {
        if (head.encoding() != null) {
            throw unsupported(head, "form.encoding");
        }
        if (head.name().equals(MultipartForm.PHOTO)) {
            Upload upload = upload(head);
            if (upload != null) {
                form.add(upload);
            }
        } else if (head.filename() == null) {
            readText(head, form);
        } else {
            parts.body((bytes, offset, length) -> {});
        }
    }

    private void readText(PartHead head, MultipartForm form) throws IOException {
        Charset named = head.charset() == null ? charset : known(head, head.charset());
        String text = StrictText.decode(text(head.name()), named);
        form.add(head.name(), text);
        // A field of this name says which character set the others have (RFC 7578, section 4.6).
        if (head.name().equals("_charset_")) {
            charset = known(head, text);
        }
    }

    private static Charset known(PartHead head, String charset) {
        return StrictText.charset(charset).orElseThrow(() -> unsupported(head, "form.charset"));
    }

    private static ProblemException unsupported(PartHead head, String key) {
        return new ProblemException(
                Problem.ofField(ProblemType.UNSUPPORTED_MEDIA_TYPE, head.name(), ProblemTexts.text(key, head.name())));
    }

    private byte[] text(String name) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        parts.body((bytes, offset, length) -> {
            textBytes += length;
            if (textBytes > MOST_TEXT_BYTES) {
                throw new ProblemException(
                        Problem.ofField(ProblemType.TOO_LARGE, name, ProblemTexts.text("form.long", name)));
            }
            text.write(bytes, offset, length);
        });
        return text.toByteArray();
    }

    /** {@code null} for what a browser sends when no file was chosen: no file name and no bytes. */
    private @Nullable Upload upload(PartHead head) throws IOException {
        Upload upload = Upload.begin();
        boolean keep = false;
        try {
            parts.body(upload::append);
            keep = upload.size() > 0 || head.namesAFile();
        } finally {
            if (!keep) {
                upload.close();
            }
        }
        return keep ? upload : null;
    }

    static ProblemException malformed() {
        return new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("form.unreadable"));
    }
}
