package dev.latchkey.bounce;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.config.operating.ReportMailbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the mailbox that reports come to, one node at a time. A report of a mail of ours is deleted once what it says is
 * stored; everything else is marked as seen and left for people. A mailbox that cannot be used is looked into again the next
 * time.
 */
@Singleton
@Requires(property = BounceSettings.IMAP_URL)
class ReportPoll {
    private static final Logger LOG = LoggerFactory.getLogger(ReportPoll.class);

    /** Taken in at a time; the rest waits for the next look. */
    private static final int MOST = 200;

    /** A look ends after so long, however slow the server, so well within a turn. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final Duration TURN = Duration.ofMinutes(10);

    private final BounceSettings settings;
    private final Bounces bounces;
    private final ReportTurns turns;
    private final KeyedDigest digests;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean serving;

    ReportPoll(
            BounceSettings settings,
            Bounces bounces,
            ReportTurns turns,
            ServerSecret secret,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.bounces = bounces;
        this.turns = turns;
        this.digests = secret.mac("report-mailbox");
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("latchkey.mail.reports.failures", failures::get)
                .description("Tries in a row in which the mailbox of reports could not be used")
                .register(meters);
    }

    /** A command that opens the same database looks for nothing. */
    @EventListener
    void onStart(ServerStartupEvent event) {
        serving = true;
    }

    @Scheduled(initialDelay = "5s", fixedDelay = "${latchkey.bounce-poll-interval:1m}")
    void lookRegularly() {
        String address = settings.bounceImapUrl();
        if (serving && address != null) {
            look(ReportMailbox.parse(address));
        }
    }

    /** Looks once, if it is this node's turn. */
    void look(ReportMailbox mailbox) {
        String key = digests.of(mailbox + " " + mailbox.user());
        try {
            Instant began = clock.instant();
            Instant until = began.plus(TURN);
            if (turns.take(key, began, until, until.plus(TURN)) == 1) {
                try {
                    takeIn(mailbox);
                } finally {
                    // So long after this look began, whichever node comes first.
                    turns.end(key, until, began.plus(settings.bouncePollInterval()));
                }
                if (failures.getAndSet(0) > 0) {
                    LOG.info("The mailbox of reports can be used again: {}", mailbox);
                }
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            if (failures.getAndIncrement() == 0) {
                // Without the server's words, which may hold anything.
                LOG.warn(
                        "The mailbox of reports cannot be used: {}, {}",
                        mailbox,
                        e.getClass().getSimpleName());
            }
            LOG.debug("The mailbox of reports cannot be used", e);
        }
    }

    private void takeIn(ReportMailbox mailbox) throws MessagingException, IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (ReportFolder folder = ReportFolder.open(mailbox)) {
            int taken = 0;
            for (Message message : folder.unseen()) {
                if (++taken > MOST || System.nanoTime() > end) {
                    return;
                }
                takeIn(folder, message);
            }
        }
    }

    /** One that the server does not give away holds up no other. */
    void takeIn(ReportFolder folder, Message message) throws MessagingException, IOException {
        try {
            message.setFlag(isOurs(folder, message) ? Flags.Flag.DELETED : Flags.Flag.SEEN, true);
        } catch (MessagingException | IOException e) {
            if (!folder.isOpen()) {
                throw e;
            }
            LOG.debug("A message cannot be fetched", e);
        }
    }

    /** Whether a message was a report of a mail of ours; what it says is stored then. */
    private boolean isOurs(ReportFolder folder, Message message) throws MessagingException, IOException {
        Optional<byte[]> copy = folder.fetch(message);
        Optional<ReturnedMail> report = Optional.empty();
        try {
            report = copy.isPresent() ? ReturnedMail.read(folder.parse(copy.get())) : report;
        } catch (MessagingException | IOException | RuntimeException e) {
            // The copy lies in memory: it is the message that cannot be read, and never will be.
            LOG.debug("A message cannot be read", e);
        }
        boolean ours = report.filter(this::take).isPresent();
        Counter.builder("latchkey.mail.reports")
                .description("Messages in the mailbox of reports that were looked at")
                .tag("result", ours ? "taken" : report.isPresent() ? "unproved" : "other")
                .register(meters)
                .increment();
        return ours;
    }

    private boolean take(ReturnedMail report) {
        return report.addresses().stream()
                .anyMatch(address -> bounces.cameBack(report.messageId(), address, report.why()));
    }
}
