package dev.latchkey.http;

import dev.latchkey.http.Forms.Form;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.contrib.multipart.ContentDisposition;
import io.netty.contrib.multipart.DecoderQuirk;
import io.netty.contrib.multipart.FormDecoderException;
import io.netty.contrib.multipart.PostBodyDecoder;
import io.netty.contrib.multipart.TooManyFormFieldsException;
import io.netty.contrib.multipart.UndecodedDataLimitExceededException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) or {@code application/x-www-form-urlencoded} in one pass and in little
 * memory, by the decoder that the framework's own forms are built on. A part called {@code photo} is the photo whether or
 * not it has a file name; other parts are texts unless they have one.
 */
final class FormReader {
    static final int MOST_PARTS = 50;
    static final int MOST_TEXT_BYTES = 64 * 1024;
    private static final int MOST_HEAD_BYTES = 8 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private static final HeaderParameter NAME = HeaderParameter.of("name", "\"([^\"]+)\"");
    private static final HeaderParameter FILE_NAME = HeaderParameter.of("filename\\*?", "(.*)");
    private static final HeaderParameter CHARSET = HeaderParameter.of("charset", "\"?([^\\s;\"]*)");

    private final InputStream body;
    private final @Nullable String boundary;
    private final PostBodyDecoder decoder;
    private final Form form = new Form();
    private Charset charset;
    private Part part = new Part();
    private int textBytes;

    /**
     * @param type of the body, one of the two
     * @param charset of texts whose part names none
     */
    FormReader(InputStream body, MediaType type, Charset charset) {
        this.body = body;
        this.charset = charset;
        boundary = type.matches(MediaType.MULTIPART_FORM_DATA_TYPE) ? boundary(type) : null;
        PostBodyDecoder.Builder builder = PostBodyDecoder.builder()
                .maxFields(MOST_PARTS)
                .undecodedLimit(MOST_HEAD_BYTES)
                .compactionThreshold(PIECE)
                .enableQuirks(DecoderQuirk.REFUSE_NON_HEX_PERCENT_DECODE, DecoderQuirk.REFUSE_SHORT_PERCENT_DECODE);
        decoder = boundary == null ? builder.forUrlEncodedData() : builder.forMultipartBoundary(boundary);
    }

    /** RFC 2046, section 5.1.1: 1 to 70 characters. */
    private static String boundary(MediaType type) {
        String boundary = type.getParameters().get("boundary").orElse("").replaceFirst("^\"(.*)\"$", "$1");
        if (boundary.isEmpty() || boundary.length() > 70) {
            throw malformed();
        }
        return boundary;
    }

    /** The form, to be closed by the caller. */
    Form read() throws IOException {
        boolean complete = false;
        try (decoder) {
            readToEnd();
            complete = true;
            return form;
        } catch (TooManyFormFieldsException e) {
            throw new ProblemException(Problem.worded(ProblemType.TOO_LARGE, "form.fields"));
        } catch (UndecodedDataLimitExceededException e) {
            throw malformed();
        } catch (FormDecoderException e) {
            throw boundary == null
                    ? new ProblemException(Problem.worded(ProblemType.INVALID_REQUEST, "form.percent"))
                    : part.refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, "form.encoding");
        } finally {
            if (!complete) {
                part.close();
                form.close();
            }
        }
    }

    private void readToEnd() throws IOException {
        int bytes = 0;
        for (ByteBuf piece = HEAP.buffer(PIECE); piece.writeBytes(body, PIECE) >= 0; piece = HEAP.buffer(PIECE)) {
            bytes += piece.readableBytes();
            if (boundary == null && bytes > MOST_TEXT_BYTES) {
                throw new ProblemException(Problem.worded(ProblemType.TOO_LARGE, "form.large"));
            }
            decoder.add(piece);
            takeEvents();
        }
        if (boundary == null) {
            decoder.endInput();
            takeEvents();
            return;
        }
        // The decoder does not tell whether it met the last delimiter. If so, it minds no other one.
        decoder.add(Unpooled.copiedBuffer("\n--" + boundary + "\r\n", StandardCharsets.UTF_8));
        if (decoder.next() != null) {
            throw malformed();
        }
    }

    private void takeEvents() throws IOException {
        for (PostBodyDecoder.Event event = decoder.next(); event != null; event = decoder.next()) {
            switch (event) {
                case BEGIN_FIELD -> part = new Part();
                case HEADER -> part.readHeader();
                case HEADERS_COMPLETE -> part.begin();
                case CONTENT -> part.take(decoder.decodedContent());
                case FIELD_COMPLETE -> part.end();
                case BEGIN_MIXED -> throw malformed();
            }
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.worded(ProblemType.INVALID_REQUEST, "form.unreadable"));
    }

    /** What the decoder is at: the photo, a text, or a file that nobody asked for. */
    private final class Part {
        private String name = "";
        private @Nullable String fileName;
        private @Nullable String ownCharset;
        private @Nullable Upload upload;
        private @Nullable ByteArrayOutputStream text;

        void readHeader() {
            if (decoder.parsedHeaderValue() instanceof ContentDisposition disposition) {
                read(disposition);
            }
            if (decoder.hasUnparsedHeaderValue()) {
                readAgain(decoder.headerName().toString(), decoder.headerValue());
            }
        }

        /** A file name may be percent-encoded (RFC 8187), and that wrongly. */
        private void read(ContentDisposition disposition) {
            try {
                name = Objects.requireNonNullElse(disposition.name(), "");
                fileName = disposition.fileName();
            } catch (IllegalArgumentException e) {
                throw malformed();
            }
        }

        /**
         * The decoder knows no character sets, takes a line that was folded for a header, and a quote after a backslash
         * for a part of the file name, where old clients end a folder.
         */
        private void readAgain(String header, String value) {
            boolean folded = header.indexOf('=') >= 0;
            String parameters = folded ? ";" + header : value;
            if (name.isEmpty()) {
                name = Objects.requireNonNullElse(NAME.in(parameters), "");
            }
            if (fileName == null && folded) {
                fileName = FILE_NAME.in(parameters);
            }
            if (ownCharset == null && (folded || header.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))) {
                ownCharset = CHARSET.in(parameters);
            }
        }

        void begin() throws IOException {
            if (boundary != null && name.isEmpty()) {
                throw malformed();
            }
            if (boundary != null && name.equals(Form.PHOTO)) {
                upload = Upload.begin();
            } else if (fileName == null) {
                text = new ByteArrayOutputStream();
            }
        }

        void take(ByteBuf content) throws IOException {
            int length = content.readableBytes();
            if (upload != null) {
                upload.append(content);
            } else if (text != null) {
                textBytes += length;
                if (textBytes > MOST_TEXT_BYTES) {
                    throw refused(ProblemType.TOO_LARGE, "form.long");
                }
                content.readBytes(text, length);
            }
        }

        void end() {
            if (upload != null) {
                endPhoto(upload);
            } else if (text != null) {
                endText(text.toByteArray());
            }
        }

        /** A browser where no file was chosen sends no file name and no bytes. */
        private void endPhoto(Upload photo) {
            upload = null;
            if (photo.size() > 0 || (fileName != null && !fileName.isEmpty())) {
                form.add(photo);
            } else {
                photo.close();
            }
        }

        private void endText(byte[] bytes) {
            String typed = Forms.decode(bytes, ownCharset == null ? charset : known(ownCharset));
            form.add(name, typed);
            // A field of this name says which character set the others have (RFC 7578, section 4.6).
            if (name.equals("_charset_")) {
                charset = known(typed);
            }
        }

        private Charset known(String charset) {
            return Forms.charset(charset)
                    .orElseThrow(() -> refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, "form.charset"));
        }

        ProblemException refused(ProblemType type, String key) {
            return new ProblemException(Problem.ofField(type, name, Problem.text(key, name)));
        }

        void close() {
            if (upload != null) {
                upload.close();
            }
        }
    }
}
