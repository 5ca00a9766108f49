package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.LostCommits;
import dev.latchkey.support.LostCommits.Outcome;
import dev.latchkey.support.SignedIn;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away between a commit and its answer, of what people do who are signed in. */
@ParameterizedClass
@EnumSource(Database.class)
class LostChangesTest {
    private static final Pattern PROFILE = Pattern.compile("INSERT INTO \\W?profiles", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSPHRASE = Pattern.compile("passphrase_hash\\W? ?=", Pattern.CASE_INSENSITIVE);
    private static final Pattern DELETION = Pattern.compile("DELETE FROM \\W?accounts", Pattern.CASE_INSENSITIVE);
    private static final String OLD = "the old passphrase";

    private final Client client;
    private final ApplicationContext context;
    private final LostCommits commits;
    private final SignedIn me;

    LostChangesTest(Database database) {
        client = Client.on(database.withTables(), Map.of("test.lost-commits", true));
        context = client.server().getApplicationContext();
        commits = context.getBean(LostCommits.class);
        me = SignedIn.somebody(client.server());
    }

    @AfterEach
    void stop() {
        commits.next(Outcome.NONE);
        client.server().close();
    }

    @Test
    void aProfileThatWasStoredIsToldAsStored() {
        commits.next(Outcome.STORED, PROFILE);
        assertThat(make("Stored.").status()).isEqualTo(201);
        assertThat(me.get("/profile/me").text("bio")).isEqualTo("Stored.");
    }

    @Test
    void aProfileThatWasNotStoredIsToldAsUndone() {
        commits.next(Outcome.UNDONE, PROFILE);
        Answer answer = make("Lost.");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("detail")).doesNotContain("not known");
        assertThat(make("Now.").status()).isEqualTo(201);
    }

    @Test
    void aPassphraseThatWasStoredIsToldAsChanged() {
        Account before = withPassphrase();
        commits.next(Outcome.STORED, PASSPHRASE);
        assertThat(context.getBean(MembershipService.class).replace(before, "another long passphrase"))
                .isTrue();
        assertThat(context.getBean(MembershipService.class).replace(before, "a third passphrase"))
                .isFalse();
    }

    @Test
    void anAccountThatIsGoneIsToldAsDeleted() {
        withPassphrase();
        commits.next(Outcome.STORED, DELETION);
        assertThat(delete().status()).isEqualTo(204);
        assertThat(delete().status()).isEqualTo(401);
    }

    @Test
    void whereNobodyCanBeAskedItIsSaidHowToFindOut() {
        commits.next(Outcome.GONE, PROFILE);
        Answer answer = make("Who knows.");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text("type")).isEqualTo("/problems/outcome-unknown");
        assertThat(answer.text("detail"))
                .isEqualTo("It is not known whether this was done, because the connection to the database was lost."
                        + " Look again in a moment, and repeat it if nothing has changed.");
    }

    @Test
    void whereNobodyCanBeAskedThePageKeepsWhatWasTyped() {
        withPassphrase();
        Browser browser = new Browser(client.server());
        browser.form("/account/sign-in", Map.of("email", me.account().email().value(), "passphrase", OLD));
        Map<String, String> typed = Map.of("csrf", browser.csrf(), "bio", "Who knows.");
        commits.next(Outcome.GONE, PROFILE);
        Answer page = browser.form("/account/profile", typed);
        assertThat(page.status()).isEqualTo(504);
        assertThat(page.text())
                .contains("We don’t know whether your changes were saved", "Who knows.", "save again in a moment")
                .doesNotContain("Nothing was changed");
    }

    private Answer make(String bio) {
        return me.post("/profile/me", Map.of("bio", bio));
    }

    private Answer delete() {
        return me.send("DELETE", "/profile/me", Map.of("password", OLD));
    }

    private Account withPassphrase() {
        String hash = context.getBean(Passphrases.class).hash(OLD, "test");
        context.getBean(Accounts.class).updatePassphraseHash(me.account().id(), hash);
        return me.account().withPassphraseHash(hash);
    }
}
