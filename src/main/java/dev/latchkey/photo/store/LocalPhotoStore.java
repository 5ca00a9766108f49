package dev.latchkey.photo.store;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Photos as files under {@code photos} in the data directory, {@code ab/cdef….jpg}, one folder for each of the 256
 * first bytes. A photo appears whole or not at all, and stays after a power cut once {@link #put} has returned.
 */
@Singleton
@Requires(property = "latchkey.photos", value = "local", defaultValue = "local")
public final class LocalPhotoStore implements PhotoStore {
    /** Digits of the hash that name the folder. */
    private static final int FOLDER_DIGITS = 2;

    private final Path root;

    /** Files on their way into the store; beside the photos, because a move must not cross file systems. */
    private final Path unfinished;

    @Inject
    public LocalPhotoStore(LatchkeySettings settings) {
        this(settings.dataDir());
    }

    public LocalPhotoStore(Path dataDir) {
        this.root = dataDir.resolve("photos").toAbsolutePath();
        this.unfinished = root.resolve("unfinished");
    }

    @Override
    public void put(Photo photo) {
        try {
            write(photo);
        } catch (IOException e) {
            throw new PhotoStoreUnavailable("A photo cannot be stored", e);
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
            throw new PhotoStoreUnavailable("A photo cannot be read", e);
        }
    }

    @Override
    public void delete(String hash) {
        try {
            Files.deleteIfExists(file(hash));
        } catch (IOException e) {
            throw new PhotoStoreUnavailable("A photo cannot be deleted", e);
        }
    }

    @Override
    public void discardUnfinished(Instant before) {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(unfinished)) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (NoSuchFileException e) {
            // None yet, or one that was finished just now.
        } catch (IOException e) {
            throw new PhotoStoreUnavailable("What unfinished puts left cannot be deleted", e);
        }
    }

    private void write(Photo photo) throws IOException {
        Path folder = folder(photo.hash());
        boolean fresh = Files.notExists(folder);
        Files.createDirectories(folder);
        Files.createDirectories(unfinished);
        Path draft = unfinished.resolve(UUID.randomUUID().toString());
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(photo.jpeg());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
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

    private Path file(String hash) {
        return folder(hash).resolve(hash.substring(FOLDER_DIGITS) + ".jpg");
    }

    private Path folder(String hash) {
        return root.resolve(hash.substring(0, FOLDER_DIGITS));
    }
}
