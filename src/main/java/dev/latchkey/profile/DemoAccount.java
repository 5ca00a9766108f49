package dev.latchkey.profile;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import dev.latchkey.credential.Passphrases;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The account that the README's story is told with; in the dev environment only. */
@Singleton
@Requires(env = "dev")
final class DemoAccount implements ApplicationEventListener<StartupEvent> {
    static final EmailAddress EMAIL = new EmailAddress("ada@example.com");
    static final Pin PIN = new Pin(100_000_001);
    static final String PASSPHRASE = "correct horse battery staple";

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
                now));
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
}
