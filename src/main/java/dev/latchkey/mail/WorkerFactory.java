package dev.latchkey.mail;

import dev.latchkey.config.MailSettings;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes workers, each with a connection of its own. */
@Singleton
class WorkerFactory {
    private final MailSource source;
    private final MailKinds kinds;
    private final MailComposer composer;
    private final Fates fates;
    private final SmtpGate gate;
    private final SmtpSession session;
    private final Backoff backoff;
    private final MailSettings settings;
    private final Clock clock;

    WorkerFactory(
            MailSource source,
            MailKinds kinds,
            MailComposer composer,
            Fates fates,
            SmtpGate gate,
            SmtpSession session,
            Backoff backoff,
            MailSettings settings,
            Clock clock) {
        this.source = source;
        this.kinds = kinds;
        this.composer = composer;
        this.fates = fates;
        this.gate = gate;
        this.session = session;
        this.backoff = backoff;
        this.settings = settings;
        this.clock = clock;
    }

    MailWorker create() {
        return new MailWorker(source, kinds, composer, fates, gate, new SmtpLine(session), backoff, settings, clock);
    }
}
