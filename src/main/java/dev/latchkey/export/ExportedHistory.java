package dev.latchkey.export;

import dev.latchkey.history.HistoryEntry;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import dev.latchkey.photo.PhotoUrls;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to somebody's account, in the words of the export; absent where there is nothing. */
final class ExportedHistory {
    private static final String PASSPHRASE = "passphrase";
    private static final String PHOTO = "photo";

    private ExportedHistory() {}

    static String key(Enum<?> word) {
        return HistoryEntry.key(word);
    }

    @Serdeable
    record Request(
            UUID id,
            Instant at,
            String purpose,
            String door,
            @Nullable String assistant,
            String matchPhrase,
            String state,
            List<String> changed,
            @Nullable Instant expiresAt,
            @Nullable Instant endedAt) {

        static Request of(Asked request) {
            return new Request(
                    request.id(),
                    request.at(),
                    key(request.purpose()),
                    key(request.provenance().door()),
                    request.provenance().assistant(),
                    request.provenance().matchPhrase(),
                    key(request.state()),
                    request.changed(),
                    request.expiresAt(),
                    request.endedAt());
        }
    }

    @Serdeable
    record Change(
            UUID id,
            Instant at,
            String door,
            @Nullable UUID requestId,
            @Nullable String client,
            @Nullable String told,
            List<String> fields,
            @Nullable Map<String, @Nullable String> before,
            @Nullable Map<String, @Nullable String> after,
            @Nullable Instant undoableUntil,
            @Nullable Instant undoneAt) {

        static Change of(dev.latchkey.history.Change change, Instant now, PhotoUrls photos) {
            return new Change(
                    change.id(),
                    change.happenedAt(),
                    key(change.door()),
                    change.requestId(),
                    change.client(),
                    change.told(),
                    change.keys(),
                    values(change.before(), photos),
                    values(change.after(), photos),
                    change.undoableAt(now) ? change.undoUntil() : null,
                    change.undoneAt());
        }

        /** A photo by its address, a passphrase not at all. */
        private static @Nullable Map<String, @Nullable String> values(
                @Nullable Map<String, String> kept, PhotoUrls photos) {
            if (kept == null) {
                return null;
            }
            Map<String, @Nullable String> values = new TreeMap<>();
            kept.forEach((key, value) -> values.put(key, value.isEmpty() ? null : value));
            values.computeIfPresent(PHOTO, (key, hash) -> photos.urlOf(hash));
            values.remove(PASSPHRASE);
            return values;
        }
    }
}
