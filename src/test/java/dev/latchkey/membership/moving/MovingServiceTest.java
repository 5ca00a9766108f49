package dev.latchkey.membership.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.profile.importing.AccountImport;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class MovingServiceTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ApplicationContext context;
    private final MovingService moving;
    private final EmailMoves moves;
    private final Accounts accounts;
    private final MutableClock clock;
    private final Account somebody;
    private final EmailAddress to = address();

    MovingServiceTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of(
                        "test.clock",
                        true,
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000,
                        "latchkey.new-addresses-per-hour",
                        100_000));
        moving = context.getBean(MovingService.class);
        moves = context.getBean(EmailMoves.class);
        accounts = context.getBean(Accounts.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    @Asvs("2.3.1")
    void changesNothingUntilTheNewMailboxSaysSo() {
        assertThat(ask()).isInstanceOf(AskOutcome.Asked.class);
        assertThat(account()).isEqualTo(somebody);
        assertThat(moving.pending(somebody)).contains(to);
        assertThat(moving.look(token())).isInstanceOf(MoveOutcome.Open.class);
        assertThat(account()).isEqualTo(somebody);
        MailContent.Message mail = mail();
        assertThat(mail.to()).isEqualTo(to.value());
        assertThat(mail.wording()).isEqualTo("email-move");
        assertThat((String) mail.model().get("link")).endsWith("/email/" + token());
        assertThat(changed(ChangeLog.NEW_EMAIL)).isOne();
        assertThat(told()).isEqualTo(somebody.email().value());
    }

    @Test
    void movesOnceAndProvesTheMailbox() {
        String link = Links.fresh(context, somebody);
        ask();
        String token = token();
        assertThat(moving.confirm(token)).isEqualTo(new MoveOutcome.Moved(somebody, somebody.email(), to));
        assertThat(account().email()).isEqualTo(to);
        assertThat(account().verified()).isTrue();
        assertThat(moving.pending(account())).isEmpty();
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.USED);
        assertThat(((Inspection.Refused) context.getBean(LinkInspector.class).inspect(link, LinkPurpose.EDIT_PROFILE))
                        .reason())
                .isEqualTo(Inspection.Reason.REVOKED);
        assertThat(changed(ChangeLog.EMAIL)).isOne();
        assertThat(told()).isEqualTo(somebody.email().value());
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM link_requests WHERE subject_digest = id AND account_id = '"
                                + somebody.id() + "'"))
                .as("still its owner's to see, and without the address")
                .isOne();
    }

    @Test
    void verifiesAnAccountThatNobodyHasConfirmed() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        assertThat(ask()).isInstanceOf(AskOutcome.Asked.class);
        assertThat(moving.confirm(token())).isInstanceOf(MoveOutcome.Moved.class);
        assertThat(account().verified()).isTrue();
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM changes WHERE told IS NOT NULL AND account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    @Test
    void knowsTheAddressThatTheAccountHas() {
        assertThat(moving.ask(proven(), somebody.email(), Door.ACCOUNT_PAGE, caller()))
                .isInstanceOf(AskOutcome.Unchanged.class);
        assertThat(moving.pending(somebody)).isEmpty();
    }

    @Test
    void aNewWishTakesThePlaceOfAnEarlierOne() {
        ask();
        String first = token();
        EmailAddress other = address();
        moving.ask(proven(), other, Door.ACCOUNT_PAGE, caller());
        assertThat(refusal(moving.confirm(first)).reason()).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(moving.pending(somebody)).contains(other);
        assertThat(moving.confirm(token())).isInstanceOf(MoveOutcome.Moved.class);
        assertThat(account().email()).isEqualTo(other);
    }

    @Test
    void livesForAnHourFromTheAcceptanceOfItsMail() {
        ask();
        String token = token();
        clock.advance(Duration.ofHours(5));
        context.getBean(MoveMail.class).accepted(outboxMail(), clock.instant());
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(moving.look(token)).isInstanceOf(MoveOutcome.Open.class);
        assertThat(moving.pending(somebody)).contains(to);
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(moving.pending(somebody)).isEmpty();
        assertThat(account()).isEqualTo(somebody);
    }

    @Test
    void endsAnHourAfterItsMailWasGivenUp() {
        ask();
        String token = token();
        context.getBean(MoveMail.class).undeliverable(outboxMail(), clock.instant());
        clock.advance(Duration.ofHours(1));
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(context.getBean(MoveMail.class).compose(outboxMail())).contains(new MailContent.Outdated());
        context.getBean(MoveMail.class).renew(outboxMail(), clock.instant());
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(moving.confirm(token())).isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void tellsTheOwnerOfAnAddressAndNobodyElse() {
        Account owner = People.somebody(context);
        assertThat(moving.ask(proven(), owner.email(), Door.ACCOUNT_PAGE, caller()))
                .isInstanceOf(AskOutcome.Asked.class);
        assertThat(moving.pending(somebody)).contains(owner.email());
        MailContent.Message mail = mail();
        assertThat(mail.to()).isEqualTo(owner.email().value());
        assertThat(mail.wording()).isEqualTo("email-wanted");
        assertThat(mail.model()).containsEntry("link", "http://localhost/");
        assertThat(moving.confirm(token())).isInstanceOf(MoveOutcome.Taken.class);
        assertThat(account()).isEqualTo(somebody);
        assertThat(moving.look(token())).isInstanceOf(MoveOutcome.Open.class);
    }

    @Test
    void mailsNobodyWhoseAccountIsClosed() {
        Account owner = People.somebody(context);
        Sql.run(context, "UPDATE accounts SET status = 'CLOSED' WHERE id = '" + owner.id() + "'");
        moving.ask(proven(), owner.email(), Door.ACCOUNT_PAGE, caller());
        assertThat(context.getBean(MoveMail.class).compose(outboxMail()).orElseThrow())
                .isInstanceOf(MailContent.Decoy.class);
    }

    @Test
    void holdsWhatWasGivenUpForWhoGaveItUp(@TempDir Path folder) throws IOException {
        EmailAddress left = somebody.email();
        ask();
        moving.confirm(token());
        assertThat(signUp(left)).isInstanceOf(SignUpOutcome.EmailTaken.class);
        Path users = folder.resolve("users.csv");
        Files.writeString(users, "email,name\n" + left + ",Eve\n" + address() + ",Ada\n");
        assertThat(context.getBean(AccountImport.class).run(users, new Quiet()))
                .isEqualTo(new AccountImport.Counts(1, 1, 0));
        Account other = People.somebody(context);
        moving.ask(new ProofOutcome.Proven(other, null), left, Door.ACCOUNT_PAGE, caller());
        assertThat(context.getBean(MoveMail.class).compose(outboxMail(other)).orElseThrow())
                .isInstanceOf(MailContent.Decoy.class);
        assertThat(moving.confirm(token(other))).isInstanceOf(MoveOutcome.Taken.class);
        assertThat(accounts.findByEmail(left)).isEmpty();

        clock.advance(Duration.ofHours(72).plusMillis(1));
        assertThat(signUp(left)).isInstanceOf(SignUpOutcome.Created.class);
    }

    @Test
    void goesBackToWhatItLeft() {
        ask();
        moving.confirm(token());
        moving.ask(new ProofOutcome.Proven(account(), null), somebody.email(), Door.ACCOUNT_PAGE, caller());
        assertThat(moving.confirm(token())).isInstanceOf(MoveOutcome.Moved.class);
        assertThat(account().email()).isEqualTo(somebody.email());
    }

    @Test
    void isTakenBackFromTheMailboxThatWasLeft() {
        ask();
        String asked = undoToken();
        moving.confirm(token());
        String done = undoToken();
        moving.ask(new ProofOutcome.Proven(account(), null), address(), Door.ACCOUNT_PAGE, caller());
        String next = token();

        assertThat(context.getBean(UndoService.class).undo(done)).isInstanceOf(UndoOutcome.Undone.class);

        assertThat(account()).isEqualTo(somebody);
        assertThat(moving.pending(account())).isEmpty();
        assertThat(refusal(moving.confirm(next)).reason()).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(signUp(to)).isInstanceOf(SignUpOutcome.Created.class);
        assertThat(context.getBean(UndoService.class).undo(asked)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(account()).isEqualTo(somebody);
    }

    @Test
    void isCancelledFromTheNoticeThatItWasAskedFor() {
        ask();
        String token = token();
        assertThat(context.getBean(UndoService.class).undo(undoToken())).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(account()).isEqualTo(somebody);
    }

    @Test
    void comesBackFromTheNoticeThatItWasAskedForEvenWhenItWasDone() {
        ask();
        String undo = undoToken();
        moving.confirm(token());
        assertThat(context.getBean(UndoService.class).undo(undo)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(account()).isEqualTo(somebody);
    }

    @Test
    void neverMovesABlockedAccount() {
        ask();
        String token = token();
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(refusal(moving.confirm(token)).reason()).isEqualTo(Inspection.Reason.UNKNOWN);
        assertThat(ask()).isInstanceOf(AskOutcome.NotProven.class);
    }

    @Test
    void oneOfManyMovesIt() throws Exception {
        ask();
        String token = token();
        List<MoveOutcome> outcomes = Race.of(16, () -> moving.confirm(token));
        assertThat(outcomes).filteredOn(MoveOutcome.Moved.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(MoveOutcome.LinkRefused.class::isInstance)
                .hasSize(15);
        assertThat(changed(ChangeLog.EMAIL)).isOne();
    }

    @Test
    void movingAndSigningUpHaveOneWinner() throws Exception {
        for (int round = 0; round < 8; round++) {
            Account mover = People.somebody(context);
            EmailAddress wanted = address();
            moving.ask(new ProofOutcome.Proven(mover, null), wanted, Door.ACCOUNT_PAGE, caller());
            String token = token(mover);
            List<Callable<Object>> racers = new ArrayList<>();
            racers.add(() -> moving.confirm(token));
            racers.add(() -> signUp(wanted));
            List<Object> outcomes = Race.of(racers);
            boolean moved = outcomes.getFirst() instanceof MoveOutcome.Moved;
            assertThat(outcomes.getLast() instanceof SignUpOutcome.Created).isNotEqualTo(moved);
            assertThat(accounts.findById(mover.id()).orElseThrow().email()).isEqualTo(moved ? wanted : mover.email());
            if (!moved) {
                assertThat(outcomes.getFirst()).isInstanceOf(MoveOutcome.Taken.class);
            }
        }
    }

    /** Whoever signs up at the very moment when an address is given up finds it held. */
    @Test
    void nobodySlipsInWhileAnAddressIsGivenUp() throws Exception {
        for (int round = 0; round < 8; round++) {
            Account mover = People.somebody(context);
            moving.ask(new ProofOutcome.Proven(mover, null), address(), Door.ACCOUNT_PAGE, caller());
            String token = token(mover);
            List<Callable<Object>> racers = new ArrayList<>();
            racers.add(() -> moving.confirm(token));
            for (int i = 0; i < 4; i++) {
                racers.add(() -> signUp(mover.email()));
            }
            List<Object> outcomes = Race.of(racers);
            assertThat(outcomes.getFirst()).isInstanceOf(MoveOutcome.Moved.class);
            assertThat(outcomes).noneMatch(SignUpOutcome.Created.class::isInstance);
        }
    }

    @Test
    void countsWhatAnAccountAsksFor() {
        try (ApplicationContext usual =
                Contexts.start(Database.SQLITE, Map.of("test.clock", true, "latchkey.links-per-minute", 1))) {
            Account owner = People.somebody(usual);
            MovingService service = usual.getBean(MovingService.class);
            ProofOutcome proof = new ProofOutcome.Proven(owner, null);
            assertThat(service.ask(proof, address(), Door.ACCOUNT_PAGE, caller()))
                    .isInstanceOf(AskOutcome.Asked.class);
            assertThat(service.ask(proof, address(), Door.ACCOUNT_PAGE, caller()))
                    .isEqualTo(new AskOutcome.LimitReached(Duration.ofMinutes(1)));
            usual.getBean(MutableClock.class).advance(Duration.ofMinutes(1));
            assertThat(service.ask(proof, address(), Door.ACCOUNT_PAGE, caller()))
                    .isInstanceOf(AskOutcome.Asked.class);
        }
    }

    private AskOutcome ask() {
        return moving.ask(proven(), to, Door.ACCOUNT_PAGE, caller());
    }

    private ProofOutcome proven() {
        return new ProofOutcome.Proven(somebody, null);
    }

    private static Caller caller() {
        return Caller.page(CallerAddress.UNKNOWN);
    }

    private SignUpOutcome signUp(EmailAddress email) {
        return context.getBean(SignUpService.class)
                .signUp(SignUp.withPassphrase(email, PASSPHRASE, Map.of(), CallerAddress.UNKNOWN));
    }

    private Account account() {
        return accounts.findById(somebody.id()).orElseThrow();
    }

    private String token() {
        return token(somebody);
    }

    private String token(Account account) {
        return context.getBean(LinkTokens.class).mint(move(account).linkId(), LinkPurpose.CHANGE_EMAIL);
    }

    private EmailMove move(Account account) {
        return moves.findOpen(account.id()).orElseThrow();
    }

    private MailContent.Message mail() {
        return (MailContent.Message)
                context.getBean(MoveMail.class).compose(outboxMail()).orElseThrow();
    }

    private OutboxMessage outboxMail() {
        return outboxMail(somebody);
    }

    private OutboxMessage outboxMail(Account account) {
        return new OutboxMessage(
                UUID.randomUUID(),
                MoveMail.KIND,
                move(account).id().toString(),
                OutboxState.WAITING,
                clock.instant(),
                null,
                1,
                null,
                clock.instant());
    }

    private long changed(String key) {
        return Sql.count(
                context,
                "SELECT count(*) FROM changes WHERE fields = '" + key + "' AND account_id = '" + somebody.id() + "'");
    }

    private String told() {
        return newest("told");
    }

    private String undoToken() {
        return context.getBean(LinkTokens.class).mint(newest("undo_id"), LinkPurpose.UNDO_CHANGE);
    }

    private String newest(String column) {
        return Sql.text(
                context,
                "SELECT " + column + " FROM changes WHERE account_id = '" + somebody.id()
                        + "' ORDER BY id DESC LIMIT 1");
    }

    private static Inspection.Refused refusal(MoveOutcome outcome) {
        return ((MoveOutcome.LinkRefused) outcome).refusal();
    }

    private static EmailAddress address() {
        return new EmailAddress("mover" + NUMBER.incrementAndGet() + "@example.net");
    }

    /** Nobody wants to hear of this import. */
    private static final class Quiet implements AccountImport.Listener {
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
