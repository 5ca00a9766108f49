package dev.latchkey.database;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Addresses of SQLite files, {@code jdbc:sqlite:} and then a path, a {@code file:} URI, or nothing for the usual place. */
public final class SqliteAddress {
    public static final String PREFIX = "jdbc:sqlite:";

    private static final String FILE = "latchkey.db";

    private SqliteAddress() {}

    public static boolean isSqlite(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /**
     * The address that the driver gets. The data directory becomes part of a URI: in a bare path the driver would take
     * what follows a question mark for parameters, and some beginnings for commands.
     */
    public static String resolve(String url, Path dataDir) {
        return url.equals(PREFIX) ? PREFIX + inside(dataDir).toUri() : url;
    }

    /** The file that an address means. */
    public static Path fileOf(String url, Path dataDir) {
        String place = url.substring(PREFIX.length());
        if (place.isEmpty()) {
            return inside(dataDir);
        }
        String path = place.replaceFirst("\\?.*", "");
        return path.startsWith("file:/")
                ? Path.of(URI.create(path))
                : Path.of(path.replaceFirst("^file:", "")).toAbsolutePath();
    }

    private static Path inside(Path dataDir) {
        return dataDir.resolve(FILE).toAbsolutePath().normalize();
    }
}
