package dev.latchkey.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders that are nobody else's business on this machine: addresses, hashes of passphrases, faces. Where the
 * file system knows no owners (Windows), what its folders say holds.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /** Creates what is missing of a folder and of those above it. */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(FOLDER));
    }

    /** Creates an empty file where there is none; whatever comes to lie beside a database takes its permissions. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(FILE));
        } catch (FileAlreadyExistsException e) {
            tighten(file);
        }
    }

    /**
     * Takes everybody else's permissions away; does nothing where there are none, or no such file.
     *
     * @throws IOException when they are not ours to take
     */
    public static void tighten(Path path) throws IOException {
        if (POSIX && Files.exists(path)) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(path));
            if (permissions.retainAll(FOLDER)) {
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** For files that are created in another way. */
    public static FileAttribute<?>[] ofFile() {
        return attributes(FILE);
    }
}
