package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.session.SessionKind;
import dev.latchkey.session.SessionProof;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxProofsTest {
    private final ApplicationContext context = Contexts.shared(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "latchkey.webhook-url",
                    "https://hooks.example.invalid/",
                    "latchkey.webhook-secret",
                    "whsec_" + Base64.getEncoder().encodeToString(new byte[24])));
    private final Accounts accounts = context.getBean(Accounts.class);
    private final Sessions sessions = context.getBean(Sessions.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final UUID id = People.somebody(context).id();

    MailboxProofsTest() {
        clock.advance(Duration.ofHours(2));
        accounts.updatePassphraseHash(id, "old");
        signIn();
    }

    @Test
    void theFirstProofEndsWhateverSomebodyElseMayHaveSetUp() {
        unprove();
        askForConfirmation();

        prove(null, false);

        Account proved = account();
        assertThat(proved.emailVerifiedAt()).isEqualTo(clock.instant());
        assertThat(proved.passphraseHash()).isNull();
        assertThat(sessions.findByAccountId(id)).isEmpty();
        assertThat(openLinks()).as("links that would prove it once more").isZero();
        assertThat(told()).isEqualTo("account.verified of " + proved.pin());
    }

    @Test
    void whoSaysThatThePassphraseIsTheirsKeepsItAndStaysSignedIn() {
        unprove();

        prove(null, true);

        assertThat(account().verified()).isTrue();
        assertThat(account().passphraseHash()).isEqualTo("old");
        assertThat(sessions.findByAccountId(id)).hasSize(1);
        assertThat(told()).startsWith("account.verified");
    }

    @Test
    void whoSetsAPassphraseWithTheFirstProofHasThatOneAlone() {
        unprove();

        prove("new", true);

        assertThat(account().passphraseHash()).isEqualTo("new");
        assertThat(sessions.findByAccountId(id)).isEmpty();
    }

    @Test
    void aLaterProofChangesNothing() {
        Instant first = account().emailVerifiedAt();
        askForConfirmation();

        prove(null, false);

        assertThat(account().emailVerifiedAt()).isEqualTo(first);
        assertThat(account().passphraseHash()).isEqualTo("old");
        assertThat(sessions.findByAccountId(id)).hasSize(1);
        assertThat(openLinks()).isOne();
        assertThat(told()).isEmpty();
    }

    @Test
    void aPassphraseThatIsSetWithALaterProofSignsEverybodyOut() {
        prove("new", false);

        assertThat(account().passphraseHash()).isEqualTo("new");
        assertThat(sessions.findByAccountId(id)).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void ofTwoProofsTheSecondIsNoFirst() {
        unprove();
        Account before = account();
        prove(null, true);

        prove(before, null, false);

        assertThat(account().passphraseHash()).isEqualTo("old");
        assertThat(sessions.findByAccountId(id)).hasSize(1);
    }

    @Test
    void aProofOpensTheAddressToMailAgain() {
        accounts.markUndeliverable(id, Undeliverable.BOUNCE, clock.instant(), clock.instant());

        prove(null, false);

        assertThat(account().undeliverable()).isFalse();
    }

    private void prove(@Nullable String newHash, boolean keep) {
        prove(account(), newHash, keep);
    }

    private void prove(Account account, @Nullable String newHash, boolean keep) {
        MailboxProofs proofs = context.getBean(MailboxProofs.class);
        context.getBean(OneTransaction.class).run(() -> proofs.record(account, newHash, keep));
    }

    private Account account() {
        return accounts.findById(id).orElseThrow();
    }

    private void unprove() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + id + "'");
    }

    private void signIn() {
        sessions.save(Sessions.Session.opened(
                "session of " + id,
                id,
                SessionKind.PAGE,
                clock.instant(),
                Duration.ofDays(1),
                SessionProof.PASSPHRASE,
                ""));
    }

    private void askForConfirmation() {
        context.getBean(LinkRequestService.class)
                .confirm(account(), LinkPurpose.CONFIRM_EMAIL, Caller.page(CallerAddress.UNKNOWN), UnknownUser.REPORT);
        assertThat(openLinks()).isOne();
    }

    private long openLinks() {
        return Sql.count(context, "SELECT count(*) FROM magic_links WHERE account_id = '" + id + "'");
    }

    /** The events of the account and what they say; empty when nobody is told anything. */
    private String told() {
        return Sql.text(
                context,
                "SELECT coalesce(group_concat(kind || ' of ' || (body ->> '$.data.pin')), '') FROM outbox"
                        + " WHERE channel = 'webhook' AND about_id = '" + id + "'");
    }
}
