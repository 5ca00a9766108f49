package dev.latchkey.mail;

import dev.latchkey.config.MailSettings;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this process, from the start of its server until its end.
 *
 * <p>Only a process that serves also delivers: an operator's command that opens the same database does not.
 */
@Singleton
public class MailDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

    /** A stop waits so long for mails that are under way; what is not done by then is sent again after its lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final MailSource source;
    private final Fates fates;
    private final MailSettings settings;
    private final WorkerFactory workers;
    private final List<Thread> threads = new ArrayList<>();

    MailDelivery(MailSource source, Fates fates, MailSettings settings, WorkerFactory workers) {
        this.source = source;
        this.fates = fates;
        this.settings = settings;
        this.workers = workers;
    }

    @EventListener
    void onStart(ServerStartupEvent event) {
        start();
    }

    /** Begins to send; does nothing when it has begun already. */
    public synchronized void start() {
        if (!threads.isEmpty()) {
            return;
        }
        source.open();
        for (int i = 1; i <= settings.mailWorkers(); i++) {
            // Platform threads: a worker waits for the mail server five times a mail, and few wait cheaper that way.
            threads.add(Thread.ofPlatform().name("mail-" + i).daemon().start(workers.create()));
        }
        threads.add(Thread.ofVirtual().name("mail-poll").start(this::poll));
    }

    /** Finishes the mails that are under way and gives back those that were only claimed. */
    @PreDestroy
    public synchronized void stop() {
        source.close();
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            threads.forEach(Thread::interrupt);
            for (OutboxMail mail : source.drain()) {
                fates.write(new Fate.Released(mail));
                source.done(mail);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    private void poll() {
        try {
            while (!source.awaitClose(settings.mailPollInterval())) {
                try {
                    source.poll();
                } catch (RuntimeException e) {
                    LOG.warn("The outbox cannot be read: {}", SmtpFailure.printable(e));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
