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
import java.util.Optional;
import java.util.UUID;

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

    private final Path root;

    @Inject
    public LocalPhotoStore(LatchkeySettings settings) {
        this(settings.dataDir());
    }

    public LocalPhotoStore(Path dataDir) {
        this.root = dataDir.resolve("photos").toAbsolutePath();
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
            return Optional.of(new Photo(hash, Files.readAllBytes(folder(hash).resolve(name(hash) + SUFFIX))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new PhotoStoreUnavailable("A photo cannot be read", e);
        }
    }

    /** The photo, and drafts of it that a crash has left. */
    @Override
    public void delete(String hash) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(hash), name(hash) + ".*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Nor is any other photo in that folder.
        } catch (IOException e) {
            throw new PhotoStoreUnavailable("A photo cannot be deleted", e);
        }
    }

    private void write(Photo photo) throws IOException {
        Path folder = folder(photo.hash());
        boolean fresh = Files.notExists(folder);
        Files.createDirectories(folder);
        String name = name(photo.hash());
        Path draft = folder.resolve(name + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(photo.jpeg());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
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

    private static String name(String hash) {
        return hash.substring(FOLDER_DIGITS);
    }

    private Path folder(String hash) {
        return root.resolve(hash.substring(0, FOLDER_DIGITS));
    }
}
