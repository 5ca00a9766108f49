package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.profile.importing.AccountImport;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class DemoAccountCheckTest {
    private final Database database;
    private final Map<String, Object> stored;

    DemoAccountCheckTest(Database database) {
        this.database = database;
        stored = database.withTables();
    }

    @Test
    @DisplayName("Data of the dev environment is refused, naming what holds it, its accounts and the cure")
    @Asvs({"6.3.2", "13.2.3"})
    void refusesWhatDevMade() {
        devRan();

        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            assertThatThrownBy(() -> check(production))
                    .isInstanceOf(UnusableSetting.class)
                    .hasMessageStartingWith(
                            database == Database.SQLITE
                                    ? "LATCHKEY_DATA_DIR: holds the demo account"
                                    : "DATASOURCES_DEFAULT_URL: holds the demo account")
                    .hasMessageContaining("ada@example.com")
                    .hasMessageContaining("Name another " + (database == Database.SQLITE ? "directory" : "database"))
                    .hasMessageContaining("account delete");
        }
    }

    @Test
    @DisplayName("A demo account is known by its mark, whatever became of its address, number and passphrase")
    void knowsAChangedOne() {
        devRan();

        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            Sql.run(
                    production,
                    "UPDATE accounts SET email = 'ada@example.net', pin = 123456789, passphrase_hash = NULL"
                            + " WHERE email = 'ada@example.com'");

            assertThatThrownBy(() -> check(production)).hasMessageContaining("ada@example.net");
        }
    }

    @Test
    @DisplayName("Nobody is imported beside a demo account, as nobody would be served there")
    void importsNobody(@TempDir Path folder) throws IOException {
        devRan();
        Path file = Files.writeString(folder.resolve("users.csv"), "email\ngrace@example.org\n");

        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            AccountImport imports = production.getBean(AccountImport.class);
            assertThatThrownBy(() -> imports.run(file, new Nobody())).hasMessageContaining("holds the demo account");
            assertThatThrownBy(() -> imports.rehearse(file, new Nobody()))
                    .hasMessageContaining("holds the demo account");
            assertThat(production.getBean(Accounts.class).findByEmail(new EmailAddress("grace@example.org")))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("Where the demo accounts were deleted, the people who are left are served")
    void servesTheRest() {
        devRan();

        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            People.somebody(production);
            Sql.run(production, "DELETE FROM accounts WHERE id IN (SELECT account_id FROM demo_accounts)");

            assertThatCode(() -> check(production)).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("Somebody real who has the demo account's address and number is nobody's demo")
    void believesAnImport() {
        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            Instant now = Instant.parse("2026-11-01T00:00:00Z");
            production
                    .getBean(Accounts.class)
                    .save(new Account(
                            UuidCreator.getTimeOrderedEpoch(),
                            new EmailAddress("ada@example.com"),
                            100_000_001,
                            AccountStatus.ACTIVE,
                            Tier.FREE,
                            null,
                            now,
                            now,
                            true));

            assertThatCode(() -> check(production)).doesNotThrowAnyException();
        }
        // The dev environment leaves them alone, and marks nobody but its own.
        devRan();
        try (ApplicationContext production = Contexts.start(stored, Map.of())) {
            assertThat(production.getBean(DemoAccounts.class).addresses()).doesNotContain("ada@example.com");
        }
    }

    private void devRan() {
        Client.on(stored, Map.of()).server().close();
    }

    private static void check(ApplicationContext context) {
        context.getBeansOfType(ServingCheck.class).forEach(ServingCheck::check);
    }

    /** Hears of nothing. */
    private static final class Nobody implements AccountImport.Listener {
        @Override
        public void refused(long line, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void progress(long lines) {
            throw new AssertionError(lines);
        }
    }
}
