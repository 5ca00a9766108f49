package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoResult;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends a {@link DecoderWorker} to each thread that decodes; one that failed is never lent again. */
final class DecoderWorkers {
    /** Those of this process. */
    static final DecoderWorkers SHARED = new DecoderWorkers();

    private static final Logger LOG = LoggerFactory.getLogger(DecoderWorkers.class);

    /** The largest pictures take half a second; a machine that is busy with much else may need far more. */
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    /** Enough for the file, twice, and for the largest result; what decoders take themselves lies beside the heap. */
    private static final List<String> FLAGS = List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ErrorFile=" + (System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null"),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true");

    /** Where native code may be unpacked to. */
    private static final List<String> PROPERTIES = List.of("java.io.tmpdir", "com.luciad.imageio.webp.tmpdir");

    /** All else, among it the secrets, stays here. */
    private static final Set<String> ENVIRONMENT = Set.of("SystemRoot", "TEMP", "TMP", "TMPDIR");

    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

    /**
     * Has a picture decoded.
     *
     * @throws Refusal when it is damaged, or no worker or no libwebp can be used on this machine
     * @throws IOException when the worker crashed or was ended because it took too long
     */
    BufferedImage decode(DecoderWorker.Request request) throws IOException, Refusal {
        Worker used = idle.pollFirst();
        if (used != null) {
            try {
                return decode(used, request);
            } catch (IOException e) {
                // It may have ended by itself just now; whatever is wrong with the picture, another one will tell.
                LOG.debug("A worker that decodes ended", e);
            }
        }
        return decode(start(), request);
    }

    private BufferedImage decode(Worker worker, DecoderWorker.Request request) throws IOException, Refusal {
        boolean sound = false;
        try {
            BufferedImage image = worker.decode(request);
            sound = true;
            return image;
        } catch (Refusal e) {
            sound = e.reason() == PhotoResult.Reason.DAMAGED;
            if (!sound) {
                LOG.warn("A WebP photo was refused, because libwebp could not be loaded");
            }
            throw e;
        } finally {
            if (sound) {
                idle.addFirst(worker);
            } else {
                worker.process.destroyForcibly();
            }
        }
    }

    private static Worker start() throws Refusal {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        for (String property : PROPERTIES) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.add(DecoderWorker.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // Otherwise each thread of glibc's would count for 64 MB more.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        try {
            return new Worker(builder.start());
        } catch (IOException e) {
            LOG.warn("No process could be started to decode a photo", e);
            throw new Refusal(PhotoResult.Reason.UNSUPPORTED);
        }
    }

    /** The server's end of a process; for one thread at a time. */
    private static final class Worker {
        private final Process process;
        private final DataOutputStream requests;
        private final DataInputStream answers;

        Worker(Process process) {
            this.process = process;
            requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        }

        BufferedImage decode(DecoderWorker.Request request) throws IOException, Refusal {
            AtomicBoolean answered = new AtomicBoolean();
            CompletableFuture.delayedExecutor(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (!answered.get()) {
                            process.destroyForcibly();
                        }
                    });
            try {
                request.write(requests);
                return read(request.width(), request.height());
            } finally {
                answered.set(true);
            }
        }

        private BufferedImage read(int width, int height) throws IOException, Refusal {
            int type = switch (answers.readUnsignedByte()) {
                case DecoderWorker.OPAQUE -> BufferedImage.TYPE_INT_RGB;
                case DecoderWorker.TRANSPARENT -> BufferedImage.TYPE_INT_ARGB;
                case DecoderWorker.DAMAGED -> throw new Refusal(PhotoResult.Reason.DAMAGED);
                case DecoderWorker.UNUSABLE -> throw new Refusal(PhotoResult.Reason.UNSUPPORTED);
                default -> throw new IOException("Not an answer");
            };
            BufferedImage image = new BufferedImage(width, height, type);
            ByteBuffer row = ByteBuffer.allocate(width * Integer.BYTES);
            int[] pixels = new int[width];
            for (int y = 0; y < height; y++) {
                answers.readFully(row.array());
                row.asIntBuffer().get(pixels);
                image.setRGB(0, y, width, 1, pixels, 0, width);
            }
            return image;
        }
    }
}
