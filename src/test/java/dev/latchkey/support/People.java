package dev.latchkey.support;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Accounts for tests, each with an address and number of its own. */
public final class People {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private People() {}

    /** Somebody who proved their mailbox and has saved nothing yet. */
    public static Account somebody(ApplicationContext context) {
        return somebody(context, AccountStatus.ACTIVE);
    }

    /** Somebody whose account is in a given state. */
    public static Account somebody(ApplicationContext context, AccountStatus status) {
        int number = NUMBER.incrementAndGet();
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        return context.getBean(Accounts.class)
                .save(new Account(
                        UuidCreator.getTimeOrderedEpoch(),
                        EmailAddress.parse("person" + number + "@example.org").orElseThrow(),
                        Pin.LEAST + 1_000 + number,
                        status,
                        Tier.FREE,
                        null,
                        now,
                        now,
                        true));
    }
}
