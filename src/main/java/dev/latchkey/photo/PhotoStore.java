package dev.latchkey.photo;

/** Keeps photos. */
public interface PhotoStore {
    void put(Photo photo);
}
