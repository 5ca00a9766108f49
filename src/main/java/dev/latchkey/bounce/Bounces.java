package dev.latchkey.bounce;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.mail.MessageIds;
import dev.latchkey.mail.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what came of mails: from then on no mail goes to the address, until its owner proves the mailbox anew. A report
 * about an address that nobody has, or had when the mail was sent, changes nothing; neither does one that was heard before.
 */
@Singleton
public class Bounces {
    /** Whatever proves itself by the mail's own id. */
    private static final String BY_MAIL = "mail";

    private static final Logger LOG = LoggerFactory.getLogger(Bounces.class);

    private final HeardReports heard;
    private final Accounts accounts;
    private final AccountLock lock;
    private final ChangeLog changes;
    private final Outbox outbox;
    private final MessageIds messageIds;
    private final KeyedDigest digests;
    private final MeterRegistry meters;
    private final Clock clock;

    Bounces(
            HeardReports heard,
            Accounts accounts,
            AccountLock lock,
            ChangeLog changes,
            Outbox outbox,
            MessageIds messageIds,
            ServerSecret secret,
            MeterRegistry meters,
            Clock clock) {
        this.heard = heard;
        this.accounts = accounts;
        this.lock = lock;
        this.changes = changes;
        this.outbox = outbox;
        this.messageIds = messageIds;
        this.digests = secret.mac("mail-report");
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Takes in what a provider tells in one go, once.
     *
     * @param source who tells it
     * @param id how they call what they tell, or what makes their proof good for one time
     * @param reports perhaps none, and then only the id is used up
     */
    @Transactional
    public void take(String source, String id, List<MailReport> reports) {
        Instant now = clock.instant();
        if (heard.note(digests.of(source + ":" + id), now) == 1) {
            // In one order, as each locks an account.
            reports.stream()
                    .sorted(Comparator.comparing(report -> report.address().toLowerCase(Locale.ROOT)))
                    .forEach(report -> note(source, report, now));
        }
    }

    /**
     * A mail of ours came back for good, or was complained of. The Message-ID is all the proof there is: one that is not of a
     * mail that we sent to that address changes nothing.
     *
     * @return whether it is one of ours
     */
    @Transactional
    public boolean cameBack(String messageId, String address, Undeliverable why) {
        Optional<Instant> mailedAt = messageIds.mailedAt(messageId, address);
        mailedAt.ifPresent(at -> note(BY_MAIL, new MailReport(address, why, messageId, at), clock.instant()));
        return mailedAt.isPresent();
    }

    private void note(String source, MailReport report, Instant now) {
        String messageId = report.messageId();
        Instant told = report.at().isAfter(now) ? now : report.at();
        Instant mailedAt = messageId == null
                ? told
                : messageIds.mailedAt(messageId, report.address()).orElse(told);
        EmailAddress.parse(report.address())
                .flatMap(lock::lockByEmail)
                .filter(account -> accounts.markUndeliverable(account.id(), report.why(), mailedAt, now) == 1)
                .ifPresent(account -> noted(source, report.why(), account));
    }

    private void noted(String source, Undeliverable why, Account account) {
        // Links are found out when their mail is written; a notice is about its change alone.
        outbox.withdraw(changes.noticesTo(account.id(), account.email()));
        String key = why.name().toLowerCase(Locale.ROOT);
        Counter.builder("latchkey.mail.came.back")
                .description("Accounts whose address was found undeliverable after mails had left")
                .tag("source", source)
                .tag("why", key)
                .register(meters)
                .increment();
        LOG.info("No mail goes to the address of an account any more: {}, told by {}", key, source);
    }
}
