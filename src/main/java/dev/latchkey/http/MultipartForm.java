package dev.latchkey.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A form that a person submitted: its text fields and at most one photo. Close it, or the photo stays on the disk. */
public final class MultipartForm implements AutoCloseable {
    static final String PHOTO = "photo";

    private final Map<String, String> texts = new LinkedHashMap<>();
    private @Nullable Upload photo;

    MultipartForm() {}

    /** The text fields by name, as they were typed. */
    public Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** One text field; {@code null} when the form does not have it. */
    public @Nullable String text(String name) {
        return texts.get(name);
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
