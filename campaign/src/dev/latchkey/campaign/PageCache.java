package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What a database has written to its files and no flush covers yet, which is gone when the power is. {@code campaign/shim.c}
 * keeps what every such write replaces, and here it is put back.
 */
final class PageCache {
    private static final int HEAD = 24;

    private final Path data;
    private final Path unflushed;

    PageCache(Path data, Path unflushed) {
        this.data = data;
        this.unflushed = unflushed;
    }

    /** Variables for the processes of the database, beside those of the shim. */
    Map<String, String> settings() {
        return Map.of("SHIM_DATA", data + "/", "SHIM_UNFLUSHED", unflushed.toString());
    }

    /** A write that no flush covered: where, how long the file was, and what was there. */
    private record Replaced(long offset, long size, ByteBuffer bytes) {}

    /**
     * Loses it, once no process writes any more: in three of four files, as a disk may have got round to any of them.
     *
     * @return how many writes were lost
     */
    int lose(RandomGenerator chance) throws IOException {
        Map<String, Path> files = files();
        int lost = 0;
        for (Path kept : Folders.files(unflushed)) {
            Path file = files.get(kept.getFileName().toString());
            List<Replaced> writes = read(kept);
            Files.delete(kept);
            if (file != null && !writes.isEmpty() && chance.nextInt(4) > 0) {
                putBack(file, writes);
                lost += writes.size();
            }
        }
        return lost;
    }

    /** By inode and birth, as names change. */
    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new HashMap<>();
        for (Path file : Folders.files(data)) {
            FileTime born = (FileTime) Files.getAttribute(file, "creationTime");
            files.put(Files.getAttribute(file, "unix:ino") + "-" + born.to(TimeUnit.MICROSECONDS), file);
        }
        return files;
    }

    private static List<Replaced> read(Path kept) throws IOException {
        ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(kept)).order(ByteOrder.nativeOrder());
        List<Replaced> writes = new ArrayList<>();
        while (record.remaining() >= HEAD) {
            long offset = record.getLong();
            long size = record.getLong();
            int length = record.getInt();
            record.getInt();
            if (record.remaining() < length) {
                break; // Cut short by the end of the process, which had not written then.
            }
            writes.add(new Replaced(offset, size, record.slice(record.position(), length)));
            record.position(record.position() + length);
        }
        return writes;
    }

    private static void putBack(Path file, List<Replaced> writes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (Replaced write : writes.reversed()) {
                channel.write(write.bytes(), write.offset());
            }
            channel.truncate(writes.getFirst().size());
        }
    }
}
