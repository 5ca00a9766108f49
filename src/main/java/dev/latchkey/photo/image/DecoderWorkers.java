package dev.latchkey.photo.image;

import dev.latchkey.photo.DecodingOverloaded;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends a {@link DecoderWorker} to each thread that decodes; one that failed is never lent again. */
@Singleton
final class DecoderWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(DecoderWorkers.class);

    /** The largest pictures take some seconds; a machine that is busy with much else may need far more. */
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    /** Enough for the file, thrice, and for the largest square; what decoders take themselves lies beside the heap. */
    private static final List<String> FLAGS = List.of(
            "-Xmx96m",
            "-XX:+UseSerialGC",
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
     * Has a portrait made of an upload.
     *
     * @return nothing where it needs much time or memory, and should not
     * @throws Refusal when nothing usable came out, or libwebp cannot be used on this machine
     * @throws IOException when the worker crashed or was ended because it took too long
     * @throws DecodingOverloaded when no worker can be started
     */
    byte @Nullable [] portrait(PhotoSource upload, boolean mayBeLarge) throws IOException, Refusal {
        Worker used = idle.pollFirst();
        if (used != null) {
            try {
                return portrait(used, upload, mayBeLarge);
            } catch (IOException e) {
                // It may have ended by itself just now; whatever is wrong with the picture, another one will tell.
                LOG.debug("A process that decodes photos ended", e);
            }
        }
        return portrait(start(), upload, mayBeLarge);
    }

    private byte @Nullable [] portrait(Worker worker, PhotoSource upload, boolean mayBeLarge)
            throws IOException, Refusal {
        boolean sound = false;
        try {
            byte[] portrait = worker.portrait(upload, mayBeLarge);
            sound = true;
            return portrait;
        } catch (Refusal e) {
            sound = worker.usable;
            throw e;
        } finally {
            if (sound) {
                idle.addFirst(worker);
            } else {
                worker.end();
            }
        }
    }

    private static Worker start() {
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
            throw notStarted(e);
        }
    }

    private static DecodingOverloaded notStarted(IOException reason) {
        LOG.warn("No process could be started to decode a photo", reason);
        return new DecodingOverloaded();
    }

    @PreDestroy
    void end() {
        for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            worker.end();
        }
    }

    /** The server's end of a process; for one thread at a time. */
    private static final class Worker {
        private final Process process;
        private final DataOutputStream uploads;
        private final DataInputStream answers;
        private boolean ready;
        private boolean usable = true;

        Worker(Process process) {
            this.process = process;
            uploads = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        }

        byte @Nullable [] portrait(PhotoSource upload, boolean mayBeLarge) throws IOException, Refusal {
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    this::end, CompletableFuture.delayedExecutor(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS));
            try {
                if (!ready) {
                    begin();
                }
                uploads.writeBoolean(mayBeLarge);
                uploads.writeInt((int) upload.size());
                upload.writeTo(uploads);
                uploads.flush();
                return read();
            } finally {
                late.cancel(false);
            }
        }

        private void begin() {
            try {
                ready = answers.readUnsignedByte() == DecoderWorker.READY;
            } catch (IOException e) {
                throw notStarted(e);
            }
        }

        private byte @Nullable [] read() throws IOException, Refusal {
            int answer = answers.readUnsignedByte();
            if (answer == DecoderWorker.LARGE) {
                return null;
            }
            if (answer == DecoderWorker.UNUSABLE) {
                LOG.warn("A photo was refused, because libwebp could not be loaded");
                usable = false;
                throw new Refusal(Reason.UNSUPPORTED);
            }
            if (answer == DecoderWorker.REFUSED) {
                String reason = answers.readUTF();
                throw new Refusal(Stream.of(Reason.values())
                        .filter(one -> one.name().equals(reason))
                        .findAny()
                        .orElseThrow(Worker::noAnswer));
            }
            int length = answer == DecoderWorker.PORTRAIT ? answers.readInt() : 0;
            if (length <= 0 || length > PhotoProcessor.MOST_BYTES) {
                throw noAnswer();
            }
            byte[] portrait = new byte[length];
            answers.readFully(portrait);
            return portrait;
        }

        private static IOException noAnswer() {
            return new IOException("Not an answer");
        }

        void end() {
            process.destroyForcibly();
        }
    }
}
