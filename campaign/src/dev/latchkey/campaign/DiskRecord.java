package dev.latchkey.campaign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code campaign/shim.c} wrote down: every write, flush and cut of the database and its log, in their order. */
record DiskRecord(List<DiskRecord.Event> events) {
    /** Its files, as the record numbers them. */
    static final List<String> FILES = List.of("latchkey.db", "latchkey.db-wal");

    private static final int HEAD = 24;

    /**
     * One of them.
     *
     * @param position in the record
     * @param nanos when it was done, by the clock of {@link System#nanoTime}
     * @param kind {@code w}rite, {@code f}lush, cu{@code t}
     * @param offset in the file; the new length of a cut; what a flush covers as a position in the record
     */
    record Event(long position, long nanos, char kind, int file, long offset, byte[] bytes) {}

    static DiskRecord read(Path file) throws IOException {
        ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        List<Event> events = new ArrayList<>();
        while (record.remaining() >= HEAD) {
            long position = record.position();
            long nanos = record.getLong();
            long offset = record.getLong();
            byte[] bytes = new byte[record.getInt()];
            char kind = (char) record.get();
            int of = record.get();
            record.position(record.position() + 2);
            if (record.remaining() < bytes.length) {
                break; // Cut short by the end of the process.
            }
            record.get(bytes);
            events.add(new Event(position, nanos, kind, of, offset, bytes));
        }
        return new DiskRecord(events);
    }
}
