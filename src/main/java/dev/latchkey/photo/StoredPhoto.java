package dev.latchkey.photo;

import java.time.Instant;

/**
 * A photo as a store lists it.
 *
 * @param storedAt when it was last {@linkplain PhotoStore#put put}
 */
public record StoredPhoto(String hash, Instant storedAt) {}
