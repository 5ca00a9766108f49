package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mail server can be used, found out before there is a mail to find it out with. Nobody waits for it but who
 * reads the line, and not for long.
 */
@Singleton
public class MailServerCheck {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private final MailServer server;
    private @Nullable CompletableFuture<Optional<String>> running;
    private long begunAt;

    MailServerCheck(MailServer server) {
        this.server = server;
    }

    private synchronized CompletableFuture<Optional<String>> begin() {
        CompletableFuture<Optional<String>> asked = new CompletableFuture<>();
        running = asked;
        begunAt = System.nanoTime();
        Thread.ofPlatform().daemon().name("mail-check").start(() -> answer(asked));
        return asked;
    }

    private void answer(CompletableFuture<Optional<String>> asked) {
        try {
            asked.complete(server.connect());
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }

    /** Asks the server, and says what came of it in one line for people, at the latest after that time. */
    public String line(Duration most) {
        try {
            return begin().get(most.toMillis(), TimeUnit.MILLISECONDS)
                    .map(why -> "CANNOT BE USED (" + server.name() + "): " + why + ". Mails wait until it can.")
                    .orElse("answers (" + server.name() + ")");
        } catch (TimeoutException e) {
            return "has not answered yet (" + server.name() + "). Mails wait until it does.";
        } catch (ExecutionException e) {
            return "cannot be asked (" + server.name() + "): " + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was not asked (" + server.name() + ")";
        }
    }

    /**
     * Why it could not be used when it was asked last; empty where it could, or was never asked. A no is asked about again
     * after a while, in the background.
     */
    public synchronized Optional<String> failure() {
        if (running == null || !running.isDone()) {
            return Optional.empty();
        }
        Optional<String> failure = running.isCompletedExceptionally()
                ? Optional.of("It cannot be asked")
                : running.getNow(Optional.empty());
        if (failure.isPresent() && System.nanoTime() - begunAt > AGAIN_AFTER.toNanos()) {
            var unused = begin();
        }
        return failure;
    }
}
