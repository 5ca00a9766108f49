package dev.latchkey.mail;

import dev.latchkey.mail.smtp.SmtpSender;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mail server can be used, found out before there is a mail to find it out with. Nobody waits for it but who
 * reads the line, and not for long.
 */
@Singleton
public class MailServerCheck {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private final String server;
    private final Supplier<Optional<String>> connect;
    private @Nullable CompletableFuture<Optional<String>> running;
    private long begunAt;

    @Inject
    MailServerCheck(SmtpSender smtp) {
        this(smtp.server(), smtp::connect);
    }

    /** @param connect says why the server cannot be used; nothing where it can */
    MailServerCheck(String server, Supplier<Optional<String>> connect) {
        this.server = server;
        this.connect = connect;
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
            asked.complete(connect.get());
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }

    /** Asks the server, and says what came of it in one line for people, at the latest after that time. */
    public String line(Duration most) {
        try {
            return begin().get(most.toMillis(), TimeUnit.MILLISECONDS)
                    .map(why -> "CANNOT BE USED (" + server + "): " + why + ". Mails wait until it can.")
                    .orElse("answers (" + server + ")");
        } catch (TimeoutException e) {
            return "has not answered yet (" + server + "). Mails wait until it does.";
        } catch (ExecutionException e) {
            return "cannot be asked (" + server + "): " + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was not asked (" + server + ")";
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
            running = begin();
        }
        return failure;
    }
}
