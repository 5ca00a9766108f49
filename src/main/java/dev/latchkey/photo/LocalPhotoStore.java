package dev.latchkey.photo;

import dev.latchkey.config.LatchkeySettings;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Photos as files under {@code photos} in the data directory, {@code ab/cdef….jpg}, one folder for each of the 256
 * first bytes. A photo appears whole or not at all, and stays after a power cut once {@link #put} has returned.
 */
@Singleton
@Requires(property = "latchkey.photos", value = "local", defaultValue = "local")
final class LocalPhotoStore implements PhotoStore {
    private static final String SUFFIX = ".jpg";

    /** Digits of the hash that name the folder. */
    private static final int FOLDER_DIGITS = 2;

    private final Path root;

    /** Files on their way into or out of the store; beside the photos, because a move must not cross file systems. */
    private final Path unfinished;

    private final Clock clock;

    LocalPhotoStore(LatchkeySettings settings, Clock clock) {
        this.root = settings.dataDir().resolve("photos").toAbsolutePath();
        this.unfinished = root.resolve("unfinished");
        this.clock = clock;
    }

    @Override
    public void put(Photo photo) {
        Path file = file(photo.hash());
        try {
            if (!touch(file)) {
                write(photo, file);
            }
        } catch (IOException e) {
            throw unavailable("A photo cannot be stored", e);
        }
    }

    @Override
    public Optional<Photo> find(String hash) {
        if (!Photo.isHash(hash)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Photo(hash, Files.readAllBytes(file(hash))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable("A photo cannot be read", e);
        }
    }

    @Override
    public void delete(String hash) {
        if (Photo.isHash(hash)) {
            try {
                Files.deleteIfExists(file(hash));
            } catch (IOException e) {
                throw unavailable("A photo cannot be deleted", e);
            }
        }
    }

    /**
     * Moves the photo aside before looking at its time: a put either touched it before, which is seen here, or finds
     * nothing after and writes it again. Looking first and deleting then would lose a put in between.
     */
    @Override
    public boolean deleteOlder(String hash, Instant than) {
        if (!Photo.isHash(hash)) {
            return false;
        }
        Path file = file(hash);
        try {
            if (!storedAt(file).isBefore(than)) {
                return false;
            }
            Files.createDirectories(unfinished);
            Path aside = Files.move(file, unfinishedFile(), StandardCopyOption.ATOMIC_MOVE);
            boolean old = storedAt(aside).isBefore(than);
            if (!old) {
                putBack(aside, file);
            }
            Files.deleteIfExists(aside);
            return old;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unavailable("A photo cannot be deleted", e);
        }
    }

    @Override
    public Stream<StoredPhoto> list() {
        return entries(root)
                .filter(folder -> name(folder).length() == FOLDER_DIGITS)
                .flatMap(LocalPhotoStore::entries)
                .flatMap(file -> {
                    String hash = name(file.getParent()) + name(file).replace(SUFFIX, "");
                    return Photo.isHash(hash)
                            ? time(file).map(time -> new StoredPhoto(hash, time)).stream()
                            : Stream.empty();
                });
    }

    @Override
    public void discardUnfinished(Instant before) {
        try (Stream<Path> files = entries(unfinished)) {
            files.filter(file ->
                            time(file).filter(time -> time.isBefore(before)).isPresent())
                    .forEach(file -> {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            throw unavailable("What an unfinished put left cannot be deleted", e);
                        }
                    });
        }
    }

    private void write(Photo photo, Path file) throws IOException {
        Path folder = file.getParent();
        boolean fresh = Files.notExists(folder);
        Files.createDirectories(folder);
        Files.createDirectories(unfinished);
        Path draft = unfinishedFile();
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(photo.jpeg());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setLastModifiedTime(draft, now());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(folder);
        if (fresh) {
            sync(root);
        }
    }

    /** A rename survives a power cut only once the folder itself is on disk. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, now());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A put that came meanwhile has written the same bytes. */
    private static void putBack(Path aside, Path file) throws IOException {
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // As good as putting it back.
        }
    }

    private Path file(String hash) {
        return root.resolve(hash.substring(0, FOLDER_DIGITS)).resolve(hash.substring(FOLDER_DIGITS) + SUFFIX);
    }

    private Path unfinishedFile() {
        return unfinished.resolve(UUID.randomUUID().toString());
    }

    private FileTime now() {
        return FileTime.from(clock.instant());
    }

    /** Empty where the folder is not there (yet, or any more). */
    private static Stream<Path> entries(Path folder) {
        try {
            return Files.list(folder);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw unavailable("The stored photos cannot be listed", e);
        }
    }

    private static Optional<Instant> time(Path file) {
        try {
            return Optional.of(storedAt(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw unavailable("The stored photos cannot be listed", e);
        }
    }

    private static Instant storedAt(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static PhotoStoreUnavailable unavailable(String message, Exception cause) {
        return new PhotoStoreUnavailable(message, cause);
    }
}
