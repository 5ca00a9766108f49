package dev.latchkey.photo;

/** The place where photos are kept cannot be reached, read or written just now; trying again later may help. */
public final class PhotoStoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PhotoStoreUnavailable(String message) {
        super(message);
    }

    public PhotoStoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
