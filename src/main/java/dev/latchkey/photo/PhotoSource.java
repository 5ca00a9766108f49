package dev.latchkey.photo;

/** An upload, wherever it waits; read when its turn comes, perhaps more than once, so that crowds fill no memory. */
@FunctionalInterface
public interface PhotoSource {

    /** All of its bytes, always the same. */
    byte[] bytes();

    /** Whether its size alone refuses it; then there are no bytes to ask for. */
    default boolean tooLarge() {
        return false;
    }
}
