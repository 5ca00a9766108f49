package dev.latchkey.photo.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bounds the memory of this process where the system is Linux; elsewhere nothing happens. */
final class WorkerMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern SIZE = Pattern.compile("VmSize:\\s+(\\d+) kB");

    /** {@code RLIMIT_AS} of Linux (setrlimit(2)): bytes of address space. */
    private static final int ADDRESS_SPACE = 9;

    private WorkerMemory() {}

    /** Lets the system end this process before any other when its memory runs out. */
    static void volunteerWhenItIsShort() {
        try {
            if (Files.exists(STATUS)) {
                Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
            }
        } catch (IOException e) {
            // It may not be written to: then the system chooses by itself.
        }
    }

    /** Makes every allocation fail that goes beyond so many bytes more than there are now. */
    static void allow(long more) {
        try {
            Matcher size = SIZE.matcher(Files.exists(STATUS) ? Files.readString(STATUS) : "");
            if (size.find()) {
                limit((Long.parseLong(size.group(1)) << 10) + more);
            }
        } catch (IOException e) {
            // It may not be read: then there is no limit but the machine's.
        }
    }

    @SuppressWarnings("restricted")
    private static void limit(long bytes) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            // A soft and a hard limit.
            MemorySegment limits = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes, bytes);
            int ignored = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setrlimit"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(ADDRESS_SPACE, limits);
        } catch (Throwable e) {
            // The system's library has no such function: then, too, there is no limit but the machine's.
        }
    }
}
