package dev.latchkey.profile;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.credential.Passphrases;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The account that the README's story is told with; in the dev environment only. */
@Singleton
@Requires(env = "dev")
final class DemoAccount implements ApplicationEventListener<StartupEvent> {
    private static final EmailAddress EMAIL = new EmailAddress("ada@example.com");
    private static final Pin PIN = new Pin(100_000_001);
    private static final String PASSPHRASE = "correct horse battery staple";

    private final Accounts accounts;
    private final Profiles profiles;
    private final Passphrases passphrases;
    private final Clock clock;

    DemoAccount(Accounts accounts, Profiles profiles, Passphrases passphrases, Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.passphrases = passphrases;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (accounts.findByEmail(EMAIL).isPresent()) {
            return;
        }
        Instant now = clock.instant();
        Account ada = accounts.save(new Account(
                UuidCreator.getTimeOrderedEpoch(),
                EMAIL,
                PIN.value(),
                AccountStatus.ACTIVE,
                Tier.FREE,
                passphrases.hash(PASSPHRASE),
                now,
                now,
                true));
        profiles.save(Profile.of(
                ada.id(),
                Map.of(
                        ProfileField.NAME, "Ada Lovelace",
                        ProfileField.NICKNAME, "ada",
                        ProfileField.BIO, "I write programs for an engine that does not exist yet.",
                        ProfileField.LOCALE, "en"),
                1,
                now));
    }

    /** Keeps a production server off data that the dev environment made: everybody knows the demo account's passphrase. */
    @Singleton
    @Requires(notEnv = "dev")
    static final class Check implements ServingCheck {
        private final Accounts accounts;
        private final boolean ownFile;

        Check(Accounts accounts, @Value("${datasources.default.url}") String url) {
            this.accounts = accounts;
            this.ownFile = url.startsWith("jdbc:sqlite:");
        }

        @Override
        public void check() {
            Optional<Account> demo = accounts.findByEmail(EMAIL).filter(account -> account.pin() == PIN.value());
            if (demo.isPresent()) {
                throw ownFile
                        ? new UnusableSetting(
                                "latchkey.data-dir",
                                "holds the demo account of the dev environment, whose passphrase is published",
                                "Name another directory, or delete this one, which holds data of the dev environment")
                        : new UnusableSetting(
                                "datasources.default.url",
                                "is a database with the demo account of the dev environment, whose passphrase is published",
                                "Name another database");
            }
        }
    }
}
