package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.ServingCheck;
import dev.latchkey.config.UnusableSetting;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Keeps a production server off data that the dev environment made: everybody knows the demo account's passphrase. */
@Singleton
@Requires(notEnv = "dev")
final class DemoAccountCheck implements ServingCheck {
    private final Accounts accounts;
    private final boolean ownFile;

    DemoAccountCheck(Accounts accounts, @Value("${datasources.default.url}") String url) {
        this.accounts = accounts;
        this.ownFile = url.startsWith("jdbc:sqlite:");
    }

    @Override
    public void check() {
        Optional<Account> demo =
                accounts.findByEmail(DemoAccount.EMAIL).filter(account -> account.pin() == DemoAccount.PIN.value());
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
