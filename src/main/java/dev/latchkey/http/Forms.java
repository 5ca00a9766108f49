package dev.latchkey.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.netty.handler.timeout.ReadTimeoutException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies as they arrive; call it from a route that may block, and at most once for a request.
 *
 * <p>Routes take the {@link HttpRequest} itself, without a {@code @Body} argument: the framework would collect the whole
 * body in memory before anybody could look at its type and size.
 */
@Singleton
public final class Forms {
    /** The JSON object in the body. Refused with 415, 413 or 400 when it is anything else. */
    public JsonFields json(HttpRequest<?> request) {
        return JsonFields.parse(jsonBytes(request));
    }

    /** The body of a request that says it is JSON, up to one byte more than {@link JsonFields} takes. */
    public byte[] jsonBytes(HttpRequest<?> request) {
        MediaType type = require(request, MediaType.APPLICATION_JSON_TYPE);
        if (!charset(type).equals(StandardCharsets.UTF_8)) {
            throw refused("body.type.utf8", MediaType.APPLICATION_JSON_TYPE);
        }
        try (InputStream body = body(request)) {
            return body.readNBytes(JsonFields.MOST_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The body of a request whatever it says it is, up to one byte more than so many. */
    public byte[] bytes(HttpRequest<?> request, int most) {
        try (InputStream body = body(request)) {
            return body.readNBytes(most + 1);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The form in the body, as {@code multipart/form-data} or, where it has no file, as
     * {@code application/x-www-form-urlencoded}, in UTF-8 or in the character set that it names. Refused with 415, 413 or
     * 400 when it is anything else. Close it.
     */
    public Form form(HttpRequest<?> request) {
        MediaType type =
                require(request, MediaType.MULTIPART_FORM_DATA_TYPE, MediaType.APPLICATION_FORM_URLENCODED_TYPE);
        try (InputStream body = body(request)) {
            return new FormReader(body, type, charset(type)).read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The body of a request that says it is {@code application/x-www-form-urlencoded}, still encoded, for protocols that
     * have a parser of their own.
     */
    public String encodedForm(HttpRequest<?> request) {
        MediaType type = require(request, MediaType.APPLICATION_FORM_URLENCODED_TYPE);
        try (InputStream body = body(request)) {
            byte[] bytes = body.readNBytes(FormReader.MOST_TEXT_BYTES + 1);
            if (bytes.length > FormReader.MOST_TEXT_BYTES) {
                throw new ProblemException(Problem.worded(ProblemType.TOO_LARGE, "form.large"));
            }
            return decode(bytes, charset(type));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether the body says that it is a form, for routes that take both JSON and forms. */
    public boolean isForm(HttpRequest<?> request) {
        return contentType(request)
                .filter(type -> type.matches(MediaType.MULTIPART_FORM_DATA_TYPE)
                        || type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
                .isPresent();
    }

    /**
     * Whether a form was sent by its button, which has the value {@code yes}: mail scanners that post forms press none. Reads
     * the whole form.
     */
    public boolean isPressed(HttpRequest<?> request, String button) {
        if (!isForm(request)) {
            return false;
        }
        try (Form form = form(request)) {
            return "yes".equals(form.text(button));
        }
    }

    /** The same for a client with nothing to say but yes, which needs to send no form at all; no scanner of mails does so. */
    public boolean isMeant(HttpRequest<?> request, String button) {
        return !isForm(request) || isPressed(request, button);
    }

    private static MediaType require(HttpRequest<?> request, MediaType... allowed) {
        MediaType type = contentType(request).orElse(null);
        if (type != null) {
            for (MediaType candidate : allowed) {
                if (type.getName().equalsIgnoreCase(candidate.getName())) {
                    return type;
                }
            }
        }
        throw refused("body.type", allowed[0]);
    }

    private static ProblemException refused(String key, MediaType wanted) {
        return new ProblemException(Problem.worded(ProblemType.UNSUPPORTED_MEDIA_TYPE, key, wanted.getName()));
    }

    /** What the body is written in; UTF-8 unless it says otherwise. */
    private static Charset charset(MediaType type) {
        return type.getParameters()
                .get("charset")
                .map(name -> charset(name).orElseThrow(() -> refused("body.type.utf8", type)))
                .orElse(StandardCharsets.UTF_8);
    }

    /** The character set of that name, which may be quoted; empty when it is not known here. */
    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name.replace("\"", "").strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Strictly: bytes that mean nothing are refused, not replaced, so that nothing is stored that nobody typed. */
    static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    Problem.worded(ProblemType.INVALID_REQUEST, "body.charset", charset.displayName()));
        }
    }

    private static Optional<MediaType> contentType(HttpRequest<?> request) {
        try {
            return request.getContentType();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InputStream body(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("Only requests to this server have a body to read");
        }
        return server.byteBody().toInputStream();
    }

    private static ProblemException unreadable(IOException exception) {
        if (exception.getCause() instanceof ContentLengthExceededException) {
            return new ProblemException(Problem.worded(ProblemType.TOO_LARGE, "body.too-large"));
        }
        if (exception.getCause() != null && exception.getCause().getCause() instanceof ReadTimeoutException) {
            return new ProblemException(Problem.of(ProblemType.REQUEST_TIMEOUT));
        }
        return new ProblemException(Problem.worded(ProblemType.INVALID_REQUEST, "body.ended"));
    }

    /** A form that a person submitted: its text fields and at most one photo. Close it, or the photo stays on the disk. */
    public static final class Form implements AutoCloseable {
        static final String PHOTO = "photo";

        private final Map<String, String> texts = new LinkedHashMap<>();
        private @Nullable Upload photo;

        Form() {}

        /** The text fields by name, as they were typed. */
        public Map<String, String> texts() {
            return Map.copyOf(texts);
        }

        /** One text field; {@code null} when the form does not have it. */
        public @Nullable String text(String name) {
            return texts.get(name);
        }

        /** The same for a field where nothing typed is as good as no field. */
        public @Nullable String filled(String name) {
            String text = texts.get(name);
            return text == null || text.isEmpty() ? null : text;
        }

        /** The photo; empty when none was chosen. */
        public Optional<Upload> photo() {
            return Optional.ofNullable(photo);
        }

        void add(String name, String text) {
            if (texts.putIfAbsent(name, text) != null) {
                throw repeated(name);
            }
        }

        void add(Upload upload) {
            if (photo != null) {
                upload.close();
                throw repeated(PHOTO);
            }
            photo = upload;
        }

        private static ProblemException repeated(String name) {
            return new ProblemException(
                    Problem.ofField(ProblemType.INVALID_REQUEST, name, Problem.text("form.repeated", name)));
        }

        @Override
        public void close() {
            if (photo != null) {
                photo.close();
            }
        }
    }
}
