package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoResult.Reason;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A process that makes portraits of one upload after another, so that a fault in native code, or memory without end,
 * ends this process and not the server. It knows no settings and no secrets, and ends with the server or when nothing
 * was asked for a while.
 *
 * <p>An upload comes as whether it may be large, its length and its bytes. Each answer begins with one byte; after
 * {@link #PORTRAIT} follow the portrait's length and bytes, after {@link #REFUSED} the name of the {@link Reason}.
 */
final class DecoderWorker {
    /** Said once, before the first upload. */
    static final int READY = 0;

    static final int PORTRAIT = 1;
    static final int REFUSED = 2;

    /** It needs much time or memory, and was to be refused then. */
    static final int LARGE = 3;

    /** The decoder's native part cannot be loaded on this machine. */
    static final int UNUSABLE = 4;

    private static final Duration IDLE = Duration.ofMinutes(1);

    /**
     * What decoders may take beside the heap: of 40 megapixels, a lossy WebP with transparency needs up to 200 MB, a
     * JPEG in several scans 240 MB, one with four inks 320 MB. A WebP of 300 KB can ask for more by the number of its
     * prefix codes. What the JVM takes for itself while it works, some 40 MB, is among it.
     */
    private static final long MOST_MEMORY = 400L << 20;

    private volatile long lastWork = System.nanoTime();
    private volatile boolean busy;

    private DecoderWorker() {}

    /** Reads uploads from the standard input and answers on the standard output, until the input ends. */
    public static void main(String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
        // Whatever else prints must not come between the answers.
        System.setOut(new PrintStream(System.err, true, System.err.charset()));
        WorkerMemory.volunteerWhenItIsShort();
        WorkerMemory.allow(MOST_MEMORY);
        ImageIO.setUseCache(false);
        try {
            new DecoderWorker().serve(new DataInputStream(System.in), out);
        } catch (EOFException e) {
            // The server is gone, or needs this no more.
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        Thread.ofPlatform().daemon().start(this::endWhenIdle);
        out.writeByte(READY);
        out.flush();
        while (true) {
            boolean mayBeLarge = in.readBoolean();
            busy = true;
            answer(in.readNBytes(in.readInt()), mayBeLarge, out);
            lastWork = System.nanoTime();
            busy = false;
        }
    }

    private static void answer(byte[] upload, boolean mayBeLarge, DataOutputStream out) throws IOException {
        try {
            byte[] portrait = portrait(upload, mayBeLarge);
            if (portrait == null) {
                out.writeByte(LARGE);
            } else {
                out.writeByte(PORTRAIT);
                out.writeInt(portrait.length);
                out.write(portrait);
            }
        } catch (Refusal e) {
            out.writeByte(REFUSED);
            out.writeUTF(e.reason().name());
        } catch (LinkageError e) {
            out.writeByte(UNUSABLE);
        }
        out.flush();
    }

    private static byte @Nullable [] portrait(byte[] upload, boolean mayBeLarge) throws Refusal {
        try {
            ImageFile file = ImageFile.inspect(upload);
            return file.isLarge() && !mayBeLarge ? null : Portrait.of(file);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Refusal(Reason.DAMAGED);
        } catch (OutOfMemoryError e) {
            // A smaller picture would be taken.
            throw new Refusal(Reason.TOO_MANY_PIXELS);
        }
    }

    private void endWhenIdle() {
        try {
            while (busy || System.nanoTime() - lastWork < IDLE.toNanos()) {
                Thread.sleep(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().exit(0);
    }
}
