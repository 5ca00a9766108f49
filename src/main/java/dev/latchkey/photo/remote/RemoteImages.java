package dev.latchkey.photo.remote;

import dev.latchkey.photo.PhotoProcessor;
import java.util.Optional;

/** Fetches images that others keep, where that is allowed. */
public interface RemoteImages {

    /**
     * Fetches the image behind a link, at once and only once.
     *
     * @return the bytes, whatever they are, or why there are none
     */
    Fetched fetch(String link);

    /** What became of it. */
    sealed interface Fetched {

        /** The bytes, at most {@link PhotoProcessor#MOST_BYTES} of them. */
        record Image(byte[] bytes) implements Fetched {}

        /** Nothing was fetched. */
        record Refused(Reason reason) implements Fetched {}
    }

    /** Why nothing was fetched. */
    enum Reason {
        /** No https link, or one to a host or an address that is not allowed. */
        NOT_ALLOWED,
        /** No answer in time, another answer than the image itself (a redirect is another), or half of it. */
        UNREACHABLE,
        /** More than a photo may have. */
        TOO_LARGE
    }

    /** Who tells the addresses of a host. */
    interface Resolver {

        /** Its addresses; empty when it has none. */
        Optional<java.util.List<java.net.InetAddress>> addressesOf(String host);
    }
}
