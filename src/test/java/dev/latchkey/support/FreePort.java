package dev.latchkey.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that start a while later. Each is given out once, to one JVM: the byte of that number in a file is
 * locked until the JVM ends. They lie below those that Linux gives to connections that go out.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final FileChannel GIVEN = open(Path.of(System.getProperty("java.io.tmpdir"), "latchkey-test-ports"));

    private FreePort() {}

    /** One that nobody listens on, and that nobody else is given. */
    public static int next() {
        int port = ThreadLocalRandom.current().nextInt(FIRST, END);
        return isMine(port) && isFree(port) ? port : next();
    }

    private static boolean isMine(int port) {
        try {
            return GIVEN.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            // This JVM has had it already.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
