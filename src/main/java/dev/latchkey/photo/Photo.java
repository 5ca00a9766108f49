package dev.latchkey.photo;

/**
 * A photo that is safe to show.
 *
 * @param hash SHA-256 of the bytes in hex, its address
 * @param jpeg the bytes
 */
public record Photo(String hash, byte[] jpeg) {}
