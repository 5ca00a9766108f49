package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.contact.ContactService;
import dev.latchkey.database.Cleaning;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.importing.AccountImport;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.SessionKeyService;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class UnconfirmedAccountsTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ApplicationContext context;
    private final MutableClock clock;
    private final Accounts accounts;
    private final Account somebody;

    UnconfirmedAccountsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        clock = context.getBean(MutableClock.class);
        accounts = context.getBean(Accounts.class);
        somebody = signUp(LinkPurpose.CONFIRM_EMAIL).view().account();
    }

    @Test
    void goAfterAWeekWithAllThatHangsOnThem() {
        pass(WEEK);
        assertThat(isThere(somebody)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isThere(somebody)).isFalse();
        for (String table : new String[] {"profiles", "magic_links", "consents"}) {
            assertThat(count(table + " WHERE account_id = '" + somebody.id() + "'"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void goHoweverManyThereAre() {
        for (int i = 0; i < 45; i++) {
            signUp(LinkPurpose.CONFIRM_EMAIL);
        }
        pass(WEEK.plusMillis(1));
        assertThat(count("accounts WHERE unconfirmed_since IS NOT NULL")).isZero();
    }

    @Test
    void stayWhileSomebodySignsIn() {
        accounts.updatePassphraseHash(somebody.id(), "no hash of anything");
        Account owner = somebody.withPassphraseHash("no hash of anything");
        pass(Duration.ofDays(6));
        context.getBean(AccessTokenService.class).issue(owner, "").orElseThrow();
        pass(WEEK);
        assertThat(isThere(owner)).isTrue();
        context.getBean(SessionKeyService.class).open(owner, "").orElseThrow();
        pass(WEEK);
        assertThat(isThere(owner)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isThere(owner)).isFalse();
    }

    @Test
    void stayWhileSomebodyAsksForALink() {
        pass(Duration.ofDays(6));
        context.getBean(LinkRequestService.class)
                .requestConcealed(new Subject.ByEmail(somebody.email()), new Caller("key", null, null));
        pass(WEEK);
        assertThat(isThere(somebody)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isThere(somebody)).isFalse();
    }

    @Test
    void stayForEverOnceConfirmedInWhateverWay() {
        SignUpOutcome.Created registered = signUp(LinkPurpose.CONFIRM_REGISTRATION);
        String token = context.getBean(LinkRequestService.class).registrationToken(registered.link());
        assertThat(context.getBean(ContactService.class).confirm(token)).isTrue();
        accounts.markVerified(somebody.id(), clock.instant());
        pass(WEEK.multipliedBy(9));
        assertThat(isThere(somebody)).isTrue();
        assertThat(isThere(registered.view().account())).isTrue();
    }

    @Test
    void areNotThoseWhoWereImportedOrBlocked(@TempDir Path folder) throws IOException {
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        String imported = "imported" + NUMBER.incrementAndGet() + "@example.org";
        Path users = folder.resolve("users.csv");
        Files.writeString(users, "email\n" + imported + "\n");
        context.getBean(AccountImport.class).run(users, new Silent());
        pass(WEEK.multipliedBy(9));
        assertThat(accounts.findByEmail(address(imported))).isPresent();
        assertThat(isThere(somebody)).isTrue();
        accounts.remove(somebody.id());
    }

    private void pass(Duration time) {
        clock.advance(time);
        context.getBean(Cleaning.class).clean();
    }

    private boolean isThere(Account account) {
        return accounts.findById(account.id()).isPresent();
    }

    private long count(String rows) {
        return Sql.count(context, "SELECT count(*) FROM " + rows);
    }

    private SignUpOutcome.Created signUp(LinkPurpose confirmation) {
        int number = NUMBER.incrementAndGet();
        SignUp wish = new SignUp(
                address("unconfirmed" + number + "@example.org"),
                null,
                false,
                Map.of(ProfileField.NAME, "Ada"),
                "1",
                confirmation,
                new Caller("key" + number, null, null));
        return (SignUpOutcome.Created) context.getBean(SignUpService.class).signUp(wish);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    /** Nobody wants to hear of this import. */
    private static final class Silent implements AccountImport.Listener {
        @Override
        public void refused(long line, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void progress(long lines) {}
    }
}
