package dev.latchkey.backup;

import dev.latchkey.backup.Manifest.Part;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Reads a backup, and trusts no byte of it before {@link #verify}. */
final class BackupReader implements Closeable {
    /** Of the manifest: a line for each thousand photos. */
    private static final int LONGEST_MANIFEST = 16 * 1024 * 1024;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupReader(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** @throws BackupRefused when it is no backup, not whole, or one of a version that is not this one's to read */
    static BackupReader open(Path file, JsonMapper json) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BackupRefused("The file " + file + " is not there or cannot be read.");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new BackupRefused(
                    "The file " + file + " is no backup of Latchkey, or the end of it is missing. Take another one.",
                    e);
        }
        boolean opened = false;
        try {
            BackupReader reader = new BackupReader(file, zip, manifest(file, zip, json));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                zip.close();
            }
        }
    }

    private static Manifest manifest(Path file, ZipFile zip, JsonMapper json) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            // Of one that is cut, the archive of photos inside it is found in its place.
            throw new BackupRefused(
                    "The file " + file + " is no backup of Latchkey, or the end of it is missing: it has no "
                            + Manifest.NAME + ". Take another one.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
            Form form = json.readValue(bytes, Form.class);
            int format = form == null ? 0 : form.format();
            if (format != Manifest.FORMAT) {
                throw new BackupRefused("The backup has the form " + format + ", and this version of Latchkey reads "
                        + Manifest.FORMAT + ". Restore it with the version that wrote it, or a later one.");
            }
            return Objects.requireNonNull(json.readValue(bytes, Manifest.class));
        } catch (IOException e) {
            throw new BackupRefused(
                    "The backup is damaged: its " + Manifest.NAME + " cannot be read. Take another one.", e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Compares every byte with what the manifest says of it.
     *
     * @throws BackupRefused when something is missing, too much, or another
     */
    void verify(BackupProgress progress) throws IOException {
        Set<String> expected = manifest.parts().stream().map(Part::name).collect(Collectors.toCollection(TreeSet::new));
        expected.add(Manifest.NAME);
        Set<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!found.equals(expected)) {
            throw damaged("its parts are not those that its " + Manifest.NAME + " names");
        }
        long done = 0;
        for (Part part : manifest.parts()) {
            progress.at(BackupProgress.Step.CHECKING, done, manifest.parts().size());
            CountedDigest digest = new CountedDigest(OutputStream.nullOutputStream());
            try (InputStream in = open(part)) {
                in.transferTo(digest);
            } catch (IOException e) {
                throw damaged(part.name() + " cannot be unpacked (" + e.getMessage() + ")");
            }
            if (digest.bytes() != part.bytes() || !digest.hex().equals(part.sha256())) {
                throw damaged(part.name() + " is not what was written");
            }
            done++;
        }
    }

    private BackupRefused damaged(String how) {
        return new BackupRefused(
                "The backup " + file + " is damaged: " + how + ". Nothing was restored; take another one.");
    }

    InputStream open(Part part) throws IOException {
        return new BufferedInputStream(zip.getInputStream(zip.getEntry(part.name())));
    }

    /** Gives out every photo. */
    void photos(Consumer<Photo> to) throws IOException {
        for (Part part : manifest.photoParts()) {
            try (ZipInputStream in = new ZipInputStream(open(part))) {
                while (in.getNextEntry() != null) {
                    byte[] jpeg = in.readNBytes(PhotoProcessor.MOST_BYTES + 1);
                    if (jpeg.length > PhotoProcessor.MOST_BYTES) {
                        throw damaged(part.name() + " holds what is no portrait");
                    }
                    to.accept(Photo.of(jpeg));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** As much of any manifest as tells whether the rest can be read. */
    @Serdeable
    record Form(int format) {}
}
