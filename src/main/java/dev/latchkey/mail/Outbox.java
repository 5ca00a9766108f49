package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where mails wait for the mail server; as durable as what caused them. */
@Singleton
public class Outbox {
    private final OutboxMails mails;
    private final Clock clock;

    Outbox(OutboxMails mails, Clock clock) {
        this.mails = mails;
        this.clock = clock;
    }

    /** Adds a mail in the caller's transaction. */
    public void add(String kind, String subjectId, @Nullable String detail) {
        Instant now = clock.instant();
        mails.save(new OutboxMail(
                UuidCreator.getTimeOrderedEpochPlus1(), kind, subjectId, detail, "waiting", now, null, 0, null, now));
    }
}
