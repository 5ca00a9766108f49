package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.WorkerLoop;
import dev.latchkey.mail.smtp.SmtpFailure;
import dev.latchkey.mail.smtp.SmtpSender;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that deliver mail, from the start of this process's server until its end: one that claims, and those that
 * send.
 *
 * <p>Only a process that serves also delivers: an operator's command that opens the same database does not.
 */
@Singleton
public class MailDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

    /** A stop waits so long for mails that are under way; what is not done by then is sent again after its lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final MailDispatcher dispatcher;
    private final MailQueue queue;
    private final SmtpSender smtp;
    private final int workers;
    private @Nullable ExecutorService threads;

    MailDelivery(MailDispatcher dispatcher, MailQueue queue, SmtpSender smtp, MailSettings settings) {
        this.dispatcher = dispatcher;
        this.queue = queue;
        this.smtp = smtp;
        workers = settings.mailWorkers();
    }

    @EventListener
    void onStart(ServerStartupEvent event) {
        start();
    }

    /** Begins to send; does nothing when it has begun already. */
    public synchronized void start() {
        if (threads != null) {
            return;
        }
        // Platform threads: a worker waits for the mail server five times a mail, and few wait cheaper that way.
        ExecutorService all = Executors.newFixedThreadPool(
                workers + 1, Thread.ofPlatform().name("mail-", 0).daemon().factory());
        threads = all;
        dispatcher.open();
        all.execute(this::claim);
        for (int i = 0; i < workers; i++) {
            all.execute(() -> goOn(dispatcher::work));
        }
    }

    /** Finishes the mails that are under way and gives back those that were only claimed. */
    @PreDestroy
    public synchronized void stop() {
        ExecutorService all = threads;
        if (all == null) {
            return;
        }
        threads = null;
        queue.close();
        all.shutdown();
        try {
            all.awaitTermination(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            all.shutdownNow();
            smtp.close();
        }
    }

    private void claim() {
        goOn(dispatcher::claim);
        goOn(() -> {
            queue.end(workers);
            return false;
        });
    }

    private static void goOn(WorkerLoop.Step step) {
        WorkerLoop.run(
                step,
                trouble -> LOG.warn(
                        "Mails wait: {}", SmtpFailure.printable(trouble), trouble instanceof Error ? trouble : null));
    }
}
