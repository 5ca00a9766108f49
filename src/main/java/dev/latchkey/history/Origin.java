package dev.latchkey.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a change came from.
 *
 * @param requestId the request whose link was used; absent at every other door
 * @param client the client of the grant that was used, or that this is about; absent for everything else
 */
public record Origin(
        Door door, @Nullable UUID requestId, @Nullable String client) {

    /** A door that says everything. */
    public static Origin of(Door door) {
        return new Origin(door, null, null);
    }

    /** A mailed link. */
    public static Origin link(UUID requestId) {
        return new Origin(Door.LINK, requestId, null);
    }
}
