package dev.latchkey.backup;

import dev.latchkey.backup.Manifest.Part;
import dev.latchkey.config.OwnerOnly;
import dev.latchkey.photo.Photo;
import io.micronaut.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a backup beside its place, and moves it there when it is whole: its name never holds half of one, nor anything
 * in place of what was there before. Photos lie in archives of a thousand inside the archive, as each entry of one is kept
 * in memory until its end.
 */
final class BackupWriter implements Closeable {
    static final int PHOTOS_IN_A_PART = 1_000;

    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Path draft;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final Instant now;
    private final Thread atTheEnd = new Thread(this::discard);
    private final List<Part> parts = new ArrayList<>();
    private @Nullable ZipOutputStream photos;
    private @Nullable CountedDigest photosDigest;
    private int photoParts;
    private long inThisPart;

    private BackupWriter(Path file, Path draft, UnaryOperator<OutputStream> disk, Instant now) throws IOException {
        this.file = file;
        this.draft = draft;
        this.now = now;
        channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.ofFile());
        zip = new ZipOutputStream(new BufferedOutputStream(disk.apply(Channels.newOutputStream(channel)), BUFFER));
        // Whoever interrupts the command leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /**
     * Begins.
     *
     * @param disk what stands before the disk: nothing, save in tests
     * @throws BackupRefused when there is something already, or no folder for it
     */
    static BackupWriter create(Path wanted, UnaryOperator<OutputStream> disk, Instant now) throws IOException {
        Path file = place(wanted);
        Path draft = file.resolveSibling(
                file.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8) + ".part");
        return new BackupWriter(file, draft, disk, now);
    }

    /** Where it goes to; as {@link #create} refuses it. */
    static Path place(Path wanted) {
        Path file = wanted.toAbsolutePath().normalize();
        Path folder = file.getParent();
        if (Files.exists(file)) {
            throw taken(file);
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BackupRefused("There is no folder " + folder + " to write the backup to. Make it first.");
        }
        return file;
    }

    private static BackupRefused taken(Path file) {
        return new BackupRefused(
                "There is a file " + file + " already, and nothing is written over it. Name another one.");
    }

    /** Adds the rows of a table. */
    void table(Table table, Rows rows) throws IOException, SQLException {
        String name = "tables/" + table.name() + ".jsonl";
        CountedDigest out = begin(name, Deflater.BEST_SPEED);
        long count = rows.write(out);
        zip.closeEntry();
        parts.add(new Part(name, table.name(), table.columnNames(), count, out.bytes(), out.hex()));
    }

    private CountedDigest begin(String name, int level) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(now.toEpochMilli());
        zip.setLevel(level);
        zip.putNextEntry(entry);
        return new CountedDigest(zip);
    }

    /** Adds a photo. */
    void photo(Photo photo) {
        try {
            write(photo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Photo photo) throws IOException {
        ZipOutputStream inner = photos;
        if (inner == null) {
            photoParts++;
            // Pictures are packed already.
            CountedDigest digest = begin(photoPart(), Deflater.NO_COMPRESSION);
            inner = new ZipOutputStream(digest);
            photosDigest = digest;
            photos = inner;
        }
        ZipEntry entry = new ZipEntry(photo.hash() + ".jpg");
        CRC32 checksum = new CRC32();
        checksum.update(photo.jpeg());
        entry.setTime(now.toEpochMilli());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(photo.jpeg().length);
        entry.setCrc(checksum.getValue());
        inner.putNextEntry(entry);
        inner.write(photo.jpeg());
        inner.closeEntry();
        inThisPart++;
        if (inThisPart == PHOTOS_IN_A_PART) {
            endPhotos();
        }
    }

    private String photoPart() {
        return "photos/%05d.zip".formatted(photoParts);
    }

    /** Ends the photos that were added up to now, if any were. */
    void endPhotos() throws IOException {
        ZipOutputStream inner = photos;
        CountedDigest digest = photosDigest;
        if (inner == null || digest == null) {
            return;
        }
        inner.close();
        zip.closeEntry();
        parts.add(new Part(photoPart(), null, List.of(), inThisPart, digest.bytes(), digest.hex()));
        photos = null;
        inThisPart = 0;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Puts the whole into its place; it is on the disk when this returns. */
    void finish(Manifest manifest, JsonMapper json) throws IOException {
        CountedDigest out = begin(Manifest.NAME, Deflater.BEST_SPEED);
        out.write(json.writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        channel.force(true);
        channel.close();
        try {
            // Unlike a move, a second name is never put in the place of another file.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        } catch (IOException | UnsupportedOperationException e) {
            move();
        }
        Files.deleteIfExists(draft);
        syncFolder();
    }

    private void move() throws IOException {
        if (Files.exists(file)) {
            throw taken(file);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void syncFolder() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private void discard() {
        try {
            channel.close();
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // A disk that fails keeps what it keeps; its name says that it is no backup.
        }
    }

    /** Leaves nothing behind that was not finished. */
    @Override
    public void close() {
        discard();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }

    /** Writes the rows of one table and says how many they were. */
    @FunctionalInterface
    interface Rows {
        long write(OutputStream out) throws IOException, SQLException;
    }
}
