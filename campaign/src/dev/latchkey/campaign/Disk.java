package dev.latchkey.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is on a disk, as far as a record of writes says: what flushes cover for certain, the rest perhaps. */
final class Disk {
    private static final int SECTOR = 512;

    private final byte[][] certain = {{}, {}};
    private final List<DiskRecord.Event> perhaps = new ArrayList<>();

    /** What has become of the writes that no flush covers. */
    enum Loss {
        EVERYTHING,
        NOTHING,
        /** Some have reached the disk, whatever their order. */
        SOME,
        /** The same, and some of them only with some of their sectors. */
        TORN,
        /** Those up to some moment. */
        LATER_ONES
    }

    /** Goes on by one event. */
    void add(DiskRecord.Event event) {
        if (event.kind() != 'f') {
            perhaps.add(event);
            return;
        }
        perhaps.removeIf(write -> {
            boolean covered = write.file() == event.file() && write.position() < event.offset();
            if (covered) {
                apply(certain, write);
            }
            return covered;
        });
    }

    /** Writes into a folder what somebody finds after the power was cut now. */
    void cut(Path folder, Loss loss, RandomGenerator chance) throws IOException {
        byte[][] found = {certain[0].clone(), certain[1].clone()};
        int last = perhaps.isEmpty() ? 0 : chance.nextInt(perhaps.size() + 1);
        for (int i = 0; i < perhaps.size(); i++) {
            DiskRecord.Event write = perhaps.get(i);
            switch (loss) {
                case EVERYTHING -> {}
                case NOTHING -> apply(found, write);
                case LATER_ONES -> apply(found, i < last ? write : nothing(write));
                case SOME -> apply(found, chance.nextBoolean() ? write : nothing(write));
                case TORN -> tear(found, write, chance);
            }
        }
        for (int file = 0; file < found.length; file++) {
            Files.write(folder.resolve(DiskRecord.FILES.get(file)), found[file]);
        }
    }

    private static void tear(byte[][] found, DiskRecord.Event write, RandomGenerator chance) {
        if (write.kind() == 't') {
            apply(found, chance.nextBoolean() ? write : nothing(write));
            return;
        }
        for (int from = 0; from < write.bytes().length; from += SECTOR) {
            if (chance.nextBoolean()) {
                byte[] sector = Arrays.copyOfRange(write.bytes(), from, Math.min(from + SECTOR, write.bytes().length));
                apply(found, new DiskRecord.Event(0, 0, 'w', write.file(), write.offset() + from, sector));
            }
        }
    }

    private static DiskRecord.Event nothing(DiskRecord.Event write) {
        return new DiskRecord.Event(0, 0, 'w', write.file(), 0, new byte[0]);
    }

    private static void apply(byte[][] files, DiskRecord.Event write) {
        byte[] file = files[write.file()];
        int offset = (int) write.offset();
        if (write.kind() == 't') {
            files[write.file()] = Arrays.copyOf(file, offset);
            return;
        }
        int end = offset + write.bytes().length;
        if (write.bytes().length > 0 && end > file.length) {
            file = Arrays.copyOf(file, end);
            files[write.file()] = file;
        }
        System.arraycopy(write.bytes(), 0, file, Math.min(offset, file.length), write.bytes().length);
    }
}
