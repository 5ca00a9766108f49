package dev.latchkey.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data directory, the secret in it, the database and the place for photos. */
final class StorageChecks {
    private static final String DATA_DIR = "latchkey.data-dir";
    private static final String DATABASE = "datasources.default.url";
    private static final String PHOTOS = "latchkey.photos";

    private StorageChecks() {}

    static List<ConfigurationError> findings(SettingValues values, boolean dev) {
        List<ConfigurationError> findings = new ArrayList<>();
        String photos = values.text(PHOTOS).orElse("local");
        switch (photos) {
            case "local" -> {
                // In the data directory, which is looked at below.
            }
            case "s3" -> findings.addAll(BucketChecks.findings(values, dev));
            default ->
                findings.add(finding(PHOTOS, "is \"" + photos + "\"", "Set it to local or s3, or leave it unset"));
        }
        values.text(DATABASE)
                .filter(url -> !isDatabase(url))
                .ifPresent(url -> findings.add(finding(
                        DATABASE,
                        "is neither a SQLite file nor PostgreSQL",
                        "Begin it with jdbc:postgresql: or jdbc:sqlite:, or leave it unset")));
        dataDirectory(
                values.verbatim(DATA_DIR).orElse("./data"),
                photos.equals("local"),
                values.text("latchkey.secret").isEmpty(),
                findings);
        return findings;
    }

    private static boolean isDatabase(String url) {
        return url.startsWith("jdbc:postgresql:") || (SqliteAddress.isSqlite(url) && !url.contains(":memory:"));
    }

    private static void dataDirectory(
            String directory, boolean photosAreThere, boolean secretIsThere, List<ConfigurationError> findings) {
        try {
            Path path = Path.of(directory);
            OwnerOnly.createFolder(path);
            Files.delete(Files.createTempFile(path, "start", ".tmp"));
            if (photosAreThere) {
                // The data directory may be one that others made and use; what is ours in it is not.
                OwnerOnly.createFolder(path.resolve("photos"));
                OwnerOnly.tighten(path.resolve("photos"));
            }
            Path secret = path.resolve("secret");
            if (secretIsThere && Files.exists(secret)) {
                secretFile(secret, findings);
            }
        } catch (FileAlreadyExistsException e) {
            findings.add(finding(DATA_DIR, "names a file, \"" + directory + "\"", "Name a directory"));
        } catch (IOException | InvalidPathException e) {
            findings.add(finding(
                    DATA_DIR,
                    "cannot be written, \"" + directory + "\"",
                    "Name a directory that the user of this process may write to"));
        }
    }

    private static void secretFile(Path secret, List<ConfigurationError> findings) {
        String variable = SettingKey.variable(DATA_DIR);
        try {
            OwnerOnly.tighten(secret);
            if (!KeyChecks.isSecret(Files.readString(secret))) {
                findings.add(new ConfigurationError(
                        variable,
                        "holds a secret that is not base64 of at least 32 bytes, " + secret,
                        "Restore the file from a backup, or delete it, which kills the links that were sent"));
            }
        } catch (IOException e) {
            findings.add(new ConfigurationError(
                    variable,
                    "holds a secret that others may read or this process may not, " + secret,
                    "Make its owner the user of this process and its mode 600"));
        }
    }

    private static ConfigurationError finding(String property, String wrong, String cure) {
        return new ConfigurationError(SettingKey.variable(property), wrong, cure);
    }
}
