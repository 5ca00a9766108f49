package dev.latchkey.backup;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself, as the last entry of the file: without it the file is not whole.
 *
 * @param format version of the form of the file
 * @param product which version wrote it
 * @param schema version of the database's schema
 * @param database what the rows came from; they go to any
 * @param takenAt the moment that the rows show
 * @param parts everything else in the file
 * @param missingPhotos how many photos are needed and were not in the store
 */
@Serdeable
record Manifest(
        int format,
        String product,
        String schema,
        String database,
        Instant takenAt,
        List<Part> parts,
        long missingPhotos) {
    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    /** How many rows a table has; 0 where there is no such table. */
    long rows(String table) {
        return parts.stream()
                .filter(part -> table.equals(part.table()))
                .mapToLong(Part::entries)
                .sum();
    }

    Optional<Part> partOf(String table) {
        return parts.stream().filter(part -> table.equals(part.table())).findFirst();
    }

    long allRows() {
        return parts.stream()
                .filter(part -> part.table() != null)
                .mapToLong(Part::entries)
                .sum();
    }

    List<Part> photoParts() {
        return parts.stream().filter(part -> part.table() == null).toList();
    }

    long photos() {
        return photoParts().stream().mapToLong(Part::entries).sum();
    }

    /**
     * One entry of the file.
     *
     * @param table whose rows are in it; absent where it holds photos
     * @param columns of the table, in the order of its rows
     * @param entries how many rows or photos
     * @param bytes length, unpacked
     * @param sha256 of its bytes, in hexadecimal digits
     */
    @Serdeable
    record Part(String name, @Nullable String table, List<String> columns, long entries, long bytes, String sha256) {}
}
