package dev.latchkey.api.mcp;

import java.util.Arrays;
import java.util.List;

/** How a call of the protocol says which version it speaks. */
enum ProtocolEra {
    /** Each call carries its version (revision 2026-07-28 and later). */
    MODERN,
    /** A handshake, {@code initialize}, agrees on one. */
    LEGACY;

    /** The versions of this era that are spoken here, newest first. */
    List<String> versions() {
        return switch (this) {
            case MODERN -> List.of("2026-07-28");
            case LEGACY -> List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
        };
    }

    /** Those whose clients may send several messages at once; the later ones took that back. */
    static List<String> versionsWithBatches() {
        return List.of("2025-03-26", "2024-11-05");
    }

    /** All versions that are spoken here, newest first. */
    static List<String> allVersions() {
        return Arrays.stream(values()).flatMap(era -> era.versions().stream()).toList();
    }
}
