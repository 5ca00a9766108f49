package dev.latchkey.photo;

/** Makes uploads safe. */
public interface PhotoProcessor {
    PhotoResult process(byte[] upload);
}
