package dev.latchkey.http;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What is wrong with one field.
 *
 * @param pointer JSON pointer (RFC 6901) to the field, such as {@code /bio}
 * @param detail one plain sentence
 */
@Serdeable
public record FieldError(String pointer, String detail) {

    /** The error of a field at the top of the request. */
    public static FieldError of(String field, String detail) {
        return new FieldError(JsonFields.pointerTo(field), detail);
    }
}
