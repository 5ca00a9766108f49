package dev.latchkey.backup;

import dev.latchkey.config.TokenEpoch;
import jakarta.inject.Singleton;

/**
 * Changes the key of all tokens with each restore. Which tokens were used, revoked or taken back after the backup nobody
 * can know, so none from before is recognised; asked for once, as nobody restores under a running server.
 */
@Singleton
final class RestoreEpoch implements TokenEpoch {
    private final String current;

    RestoreEpoch(Restores restores) {
        current = String.join(" ", restores.ids());
    }

    @Override
    public String current() {
        return current;
    }
}
