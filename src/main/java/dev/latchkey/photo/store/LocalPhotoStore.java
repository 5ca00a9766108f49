package dev.latchkey.photo.store;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.photo.StoredPhoto;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Photos as files under {@code photos} in the data directory, {@code ab/cdef….jpg}, one folder for each of the 256
 * first bytes. A photo appears whole or not at all, and stays after a power cut once {@link #put} has returned.
 */
@Singleton
@Requires(property = "latchkey.photos", value = "local", defaultValue = "local")
public final class LocalPhotoStore implements PhotoStore {
    private static final String SUFFIX = ".jpg";

    /** Digits of the hash that name the folder. */
    private static final int FOLDER_DIGITS = 2;

    private static final int FOLDERS = 256;

    private final Path root;

    /** Files on their way into or out of the store; beside the photos, because a move must not cross file systems. */
    private final Path unfinished;

    private final Clock clock;

    @Inject
    public LocalPhotoStore(LatchkeySettings settings, Clock clock) {
        this(settings.dataDir(), clock);
    }

    public LocalPhotoStore(Path dataDir, Clock clock) {
        this.root = dataDir.resolve("photos").toAbsolutePath();
        this.unfinished = root.resolve("unfinished");
        this.clock = clock;
    }

    /**
     * Writes even what is there already. Setting the time of the old file instead could reach it at the very moment
     * when {@link #deleteOlder} takes it away.
     */
    @Override
    public void put(Photo photo) {
        try {
            write(photo);
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

    /**
     * Moves the photo aside before looking at its time: a put that came before is seen here, one that comes after
     * puts a new file in its place. Looking first and deleting then would lose a put in between.
     */
    @Override
    public boolean deleteOlder(String hash, Instant than) {
        if (!Photo.isHash(hash)) {
            return false;
        }
        Path file = file(hash);
        try {
            if (!isOlder(file, than)) {
                return false;
            }
            Files.createDirectories(unfinished);
            Path aside = Files.move(file, unfinishedFile(), StandardCopyOption.ATOMIC_MOVE);
            boolean old = isOlder(aside, than);
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
        return IntStream.range(0, FOLDERS)
                .mapToObj(number -> HexFormat.of().toHexDigits((byte) number))
                .flatMap(this::listFolder);
    }

    @Override
    public void discardUnfinished(Instant before) {
        try {
            for (Path file : files(unfinished)) {
                if (storedAt(file).filter(time -> time.isBefore(before)).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unavailable("What unfinished puts left cannot be deleted", e);
        }
    }

    private Stream<StoredPhoto> listFolder(String digits) {
        try {
            List<StoredPhoto> photos = new ArrayList<>();
            for (Path file : files(root.resolve(digits))) {
                String hash = digits + String.valueOf(file.getFileName()).replace(SUFFIX, "");
                if (Photo.isHash(hash)) {
                    storedAt(file).map(time -> new StoredPhoto(hash, time)).ifPresent(photos::add);
                }
            }
            return photos.stream();
        } catch (IOException e) {
            throw unavailable("The stored photos cannot be listed", e);
        }
    }

    private void write(Photo photo) throws IOException {
        Path folder = folder(photo.hash());
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
            Files.move(draft, file(photo.hash()), StandardCopyOption.ATOMIC_MOVE);
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

    private static boolean isOlder(Path file, Instant than) throws IOException {
        return storedAt(file).filter(time -> time.isBefore(than)).isPresent();
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
        return folder(hash).resolve(hash.substring(FOLDER_DIGITS) + SUFFIX);
    }

    private Path folder(String hash) {
        return root.resolve(hash.substring(0, FOLDER_DIGITS));
    }

    private Path unfinishedFile() {
        return unfinished.resolve(UUID.randomUUID().toString());
    }

    private FileTime now() {
        return FileTime.from(clock.instant());
    }

    /** None where the folder is not there yet. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Empty where the file has gone meanwhile. */
    private static Optional<Instant> storedAt(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static PhotoStoreUnavailable unavailable(String message, Exception cause) {
        return new PhotoStoreUnavailable(message, cause);
    }
}
