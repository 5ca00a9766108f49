package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.smtp.SmtpConnections;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that deliver mail, from the start of this process's server until its end: one that claims, and those that
 * send.
 *
 * <p>Only a process that serves also delivers: an operator's command that opens the same database does not.
 */
@Singleton
public class MailDelivery {
    /** A stop waits so long for mails that are under way; what is not done by then is sent again after its lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final MailDispatcher dispatcher;
    private final SmtpConnections lines;
    private final MailSettings settings;
    private @Nullable ExecutorService workers;
    private @Nullable Thread claims;

    MailDelivery(MailDispatcher dispatcher, SmtpConnections lines, MailSettings settings) {
        this.dispatcher = dispatcher;
        this.lines = lines;
        this.settings = settings;
    }

    @EventListener
    void onStart(ServerStartupEvent event) {
        start();
    }

    /** Begins to send; does nothing when it has begun already. */
    public synchronized void start() {
        if (workers != null) {
            return;
        }
        // Platform threads: a worker waits for the mail server five times a mail, and few wait cheaper that way.
        ExecutorService pool = Executors.newFixedThreadPool(
                settings.mailWorkers(),
                Thread.ofPlatform().name("mail-", 1).daemon().factory());
        workers = pool;
        dispatcher.open();
        claims = Thread.ofPlatform().name("mail-claims").daemon().start(() -> dispatcher.run(pool));
    }

    /** Finishes the mails that are under way and gives back those that were only claimed. */
    @PreDestroy
    public synchronized void stop() {
        dispatcher.close();
        ExecutorService pool = workers;
        Thread claiming = claims;
        if (pool == null || claiming == null) {
            return;
        }
        workers = null;
        try {
            claiming.join(FAREWELL);
            pool.shutdown();
            pool.awaitTermination(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
            lines.close();
        }
    }
}
