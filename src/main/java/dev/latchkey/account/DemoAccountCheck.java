package dev.latchkey.account;

import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps production off data that holds demo accounts: everybody knows their passphrases. It does not serve them, and takes
 * nobody in beside them; other commands run, as one of them is the cure where real people came into such data.
 */
@Singleton
@Requires(notEnv = "dev")
public final class DemoAccountCheck implements ServingCheck {
    private final DemoAccounts demos;
    private final boolean ownFile;

    DemoAccountCheck(DemoAccounts demos, @Value("${datasources.default.url}") String url) {
        this.demos = demos;
        ownFile = url.startsWith("jdbc:sqlite:");
    }

    @Override
    public void check() {
        List<String> found = demos.addresses();
        if (!found.isEmpty()) {
            String demo = found.size() == 1
                    ? "the demo account of the dev environment, whose passphrase is published"
                    : "the demo accounts of the dev environment, whose passphrases are published";
            throw new UnusableSetting(
                    ownFile ? "latchkey.data-dir" : "datasources.default.url",
                    "holds " + demo + ": " + String.join(", ", found),
                    "Name another " + (ownFile ? "directory" : "database")
                            + ", or delete this one, or, where real people are in it, delete each of these accounts with"
                            + " the command \"account delete\"");
        }
    }
}
