package dev.latchkey.photo;

/** An upload, wherever it waits; read when its turn comes, perhaps more than once, so that crowds fill no memory. */
@FunctionalInterface
public interface PhotoSource {

    /** All of its bytes, always the same. */
    byte[] bytes();
}
