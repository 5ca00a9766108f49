package dev.latchkey.profile;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.DemoAccounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import dev.latchkey.credential.Passphrases;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The account that the README's story is told with; in the dev environment only. */
@Singleton
@Requires(env = "dev")
final class DemoAccount implements ApplicationEventListener<StartupEvent> {
    private static final EmailAddress EMAIL = new EmailAddress("ada@example.com");
    private static final Pin PIN = new Pin(100_000_001);
    private static final String PASSPHRASE = "correct horse battery staple";

    private final Accounts accounts;
    private final DemoAccounts demos;
    private final Profiles profiles;
    private final Passphrases passphrases;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    DemoAccount(
            Accounts accounts,
            DemoAccounts demos,
            Profiles profiles,
            Passphrases passphrases,
            TransactionOperations<Connection> transactions,
            Clock clock) {
        this.accounts = accounts;
        this.demos = demos;
        this.profiles = profiles;
        this.passphrases = passphrases;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (accounts.findByEmail(EMAIL).isPresent()) {
            return;
        }
        Account ada = account(clock.instant(), passphrases.hash(PASSPHRASE));
        // With its mark or not at all: without one, production would take it for somebody.
        transactions.executeWrite(status -> {
            accounts.save(ada);
            demos.save(new DemoAccounts.Demo(ada.id()));
            return profiles.save(profile(ada));
        });
    }

    private static Account account(Instant now, String hash) {
        return new Account(
                UuidCreator.getTimeOrderedEpoch(),
                EMAIL,
                PIN.value(),
                AccountStatus.ACTIVE,
                Tier.FREE,
                hash,
                now,
                now,
                true);
    }

    private static Profile profile(Account ada) {
        return Profile.of(
                ada.id(),
                Map.of(
                        ProfileField.NAME, "Ada Lovelace",
                        ProfileField.NICKNAME, "ada",
                        ProfileField.BIO, "I write programs for an engine that does not exist yet.",
                        ProfileField.LOCALE, "en"),
                1,
                ada.createdAt());
    }
}
