package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code campaign/shim.c}, compiled and told what to do: the disk and the clock of one server. */
final class Shim implements AutoCloseable {
    private static final int SIZE = 4096;
    private static final long SECONDS = 0;
    private static final long FAULT = 8;
    private static final long ERROR = 12;
    private static final long AFTER = 16;
    private static final long TIMES = 20;
    private static final long HITS = 24;

    private final Arena arena = Arena.ofShared();
    private final Path folder = Folders.temporary();
    private final Path library;
    private final Path file;
    private final MemorySegment control;

    /** What is asked of the disk. */
    enum Operation {
        NOTHING,
        WRITE,
        FLUSH,
        READ
    }

    /** This machine cannot do what a figure needs. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String what) {
            super(what);
        }
    }

    /**
     * Compiles it.
     *
     * @throws Missing where there is no C compiler, or no Linux
     */
    Shim() {
        library = folder.resolve("shim.so");
        file = folder.resolve("control");
        try {
            compile();
            Files.write(file, new byte[SIZE]);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                control = channel.map(MapMode.READ_WRITE, 0, SIZE, arena);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place for what belongs to it; it goes when this is closed. */
    Path folder() {
        return folder;
    }

    /** Variables of the server that this one stands before. */
    Map<String, String> settings() {
        return Map.of("LD_PRELOAD", library.toString(), "SHIM_CONTROL", file.toString());
    }

    /** The same, with a record of all that it writes; {@link DiskRecord} reads it. */
    Map<String, String> settings(Path record) {
        Map<String, String> all = new HashMap<>(settings());
        all.put("SHIM_RECORD", record.toString());
        return all;
    }

    /** Moves its wall clock; where it would be without is 0. */
    void clock(long seconds) {
        control.set(ValueLayout.JAVA_LONG, SECONDS, seconds);
    }

    /** From now on so many operations go well, and then so many fail. */
    void fail(Operation operation, int error, int after, int times) {
        set(FAULT, Operation.NOTHING.ordinal());
        set(ERROR, error);
        set(AFTER, after);
        set(TIMES, times);
        set(HITS, 0);
        set(FAULT, operation.ordinal());
    }

    /** How many have failed since. */
    int hits() {
        return control.get(ValueLayout.JAVA_INT, HITS);
    }

    /** Lets everything go well again. */
    void heal() {
        set(FAULT, Operation.NOTHING.ordinal());
    }

    private void set(long field, int value) {
        control.set(ValueLayout.JAVA_INT, field, value);
    }

    private void compile() throws IOException {
        if (!File.separator.equals("/") || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            throw new Missing("Linux");
        }
        try {
            Process compiler = new ProcessBuilder(
                            "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), "campaign/shim.c", "-ldl")
                    .inheritIO()
                    .start();
            if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new IllegalStateException("campaign/shim.c does not compile");
            }
        } catch (IOException e) {
            throw new Missing("gcc");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        heal();
        arena.close();
        Folders.delete(folder);
    }
}
