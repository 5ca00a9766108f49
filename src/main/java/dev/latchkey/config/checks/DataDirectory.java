package dev.latchkey.config.checks;

import dev.latchkey.config.OwnerOnly;
import dev.latchkey.config.ServerSecret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The data directory at the start: made if it is missing, tried out, and closed to others. */
final class DataDirectory {
    private static final String KEY = "latchkey.data-dir";

    private DataDirectory() {}

    /** The line that says why the service cannot work in it. */
    static Optional<String> objection(SettingValues values) {
        String directory = values.verbatim(KEY).orElse("./data");
        try {
            Path path = Path.of(directory);
            OwnerOnly.createFolder(path);
            Files.delete(Files.createTempFile(path, "start", ".tmp"));
            if (values.text("latchkey.photos").orElse("local").equals("local")) {
                // The data directory may be one that others made and use; what is ours in it is not.
                OwnerOnly.createFolder(path.resolve("photos"));
                OwnerOnly.tighten(path.resolve("photos"));
            }
            Path secret = path.resolve(ServerSecret.FILE);
            return values.has("latchkey.secret") || Files.notExists(secret) ? Optional.empty() : objection(secret);
        } catch (FileAlreadyExistsException e) {
            return line("names a file, \"" + directory + "\"", "Name a directory");
        } catch (IOException | InvalidPathException e) {
            return unwritable(directory);
        }
    }

    /** The same as far as it can be told without changing anything. */
    static Optional<String> outlook(SettingValues values) {
        String directory = values.verbatim(KEY).orElse("./data");
        try {
            Path path = Path.of(directory).toAbsolutePath();
            if (Files.exists(path) && !Files.isDirectory(path)) {
                return line("names a file, \"" + directory + "\"", "Name a directory");
            }
            Path nearest = path;
            while (nearest.getParent() != null && Files.notExists(nearest)) {
                nearest = nearest.getParent();
            }
            if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
                return unwritable(directory);
            }
            Path secret = path.resolve(ServerSecret.FILE);
            return values.has("latchkey.secret") || Files.notExists(secret) ? Optional.empty() : unfit(secret);
        } catch (InvalidPathException e) {
            return unwritable(directory);
        }
    }

    private static Optional<String> unwritable(String directory) {
        return line(
                "cannot be written, \"" + directory + "\"",
                "Name a directory that the user of this process may write to");
    }

    private static Optional<String> objection(Path secret) {
        try {
            OwnerOnly.tighten(secret);
        } catch (IOException e) {
            return unreadable(secret);
        }
        return unfit(secret);
    }

    private static Optional<String> unfit(Path secret) {
        try {
            return ServerSecret.isStrong(Files.readString(secret))
                    ? Optional.empty()
                    : line(
                            "holds a secret that is not base64 of at least 32 bytes, " + secret,
                            "Restore the file from a backup, or delete it, which kills the links that were sent");
        } catch (IOException e) {
            return unreadable(secret);
        }
    }

    private static Optional<String> unreadable(Path secret) {
        return line(
                "holds a secret that others may read or this process may not, " + secret,
                "Make its owner the user of this process and its mode 600");
    }

    private static Optional<String> line(String wrong, String cure) {
        return Optional.of(SettingKey.line(KEY, wrong, cure));
    }
}
