package dev.latchkey.backup;

import dev.latchkey.config.TokenEpoch;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes the key of all tokens with each restore. Which tokens were used, revoked or taken back after the backup nobody
 * can know, so none from before is recognised; asked for once, as nobody restores under a running server.
 */
@Singleton
final class RestoreEpoch implements TokenEpoch {
    private final String current;
    private final @Nullable Instant since;

    RestoreEpoch(Restores restores) {
        List<Restores.Restore> all = restores.all();
        current = all.stream().map(Restores.Restore::id).collect(Collectors.joining(" "));
        since = all.stream()
                .map(Restores.Restore::restoredAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public String current() {
        return current;
    }

    @Override
    public @Nullable Instant since() {
        return since;
    }
}
