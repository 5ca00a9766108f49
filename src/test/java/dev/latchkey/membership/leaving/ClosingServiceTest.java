package dev.latchkey.membership.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.database.Cleaning;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.membership.moving.MovingService;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ClosingServiceTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final Duration GRACE = Duration.ofHours(72);

    private final ApplicationContext context;
    private final ClosingService closings;
    private final Closures closures;
    private final Accounts accounts;
    private final Profiles profiles;
    private final Photos photos;
    private final MutableClock clock;
    private Account somebody;

    ClosingServiceTest(Database database) {
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
        closings = context.getBean(ClosingService.class);
        closures = context.getBean(Closures.class);
        accounts = context.getBean(Accounts.class);
        profiles = context.getBean(Profiles.class);
        photos = context.getBean(Photos.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @BeforeEach
    void givePassphraseAndPhoto() {
        accounts.updatePassphraseHash(
                somebody.id(), context.getBean(Passphrases.class).hash(PASSPHRASE));
        somebody = account();
        context.getBean(OwnProfiles.class)
                .create(
                        profiles.viewOf(somebody),
                        ProfileChange.of(Map.of(ProfileField.NICKNAME, nickname()))
                                .with(new PhotoChange.Upload(
                                        PhotoSource.of(Images.jpeg(64, 48 + somebody.pin() % 100)))),
                        Origin.of(Door.ACCOUNT_API),
                        null);
    }

    @Test
    @Asvs("7.4.2")
    void hidesEverythingAtOnce() {
        String photo = photo();
        String link = Links.fresh(context, somebody);
        String cookie = context.getBean(PageSessions.class)
                .openByPassphrase(somebody, "")
                .orElseThrow();

        ClosingOutcome.Closed closed = (ClosingOutcome.Closed) close();

        assertThat(closed.eraseAt()).isEqualTo(clock.instant().plus(GRACE));
        assertThat(account().status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(photos.find(photo)).isEmpty();
        assertThat(profiles.find(somebody.id()).orElseThrow().photoHash()).isNull();
        assertThat(context.getBean(PageSessions.class).find(cookie)).isEmpty();
        assertThat(context.getBean(OwnProfiles.class).find(somebody.id())).isEmpty();
        assertThat(context.getBean(LinkInspector.class).inspect(link, LinkPurpose.EDIT_PROFILE))
                .isEqualTo(Inspection.Refused.unknown());
        assertThat(context.getBean(SignInService.class)
                        .check(somebody.email().value(), PASSPHRASE, CallerAddress.UNKNOWN))
                .isInstanceOf(SignInOutcome.Refused.class);
        assertThat(sessions()).isZero();
    }

    @Test
    void isNobodyForWhoAsksForALinkAndSomebodyForWhoWantsTheAddress() {
        close();
        LinkRequestService links = context.getBean(LinkRequestService.class);
        Caller caller = new Caller("key", null, null);
        for (Subject subject :
                List.of(new Subject.ByEmail(somebody.email()), new Subject.ByPin(new Pin(somebody.pin())))) {
            assertThat(links.request(subject, caller)).isInstanceOf(InitOutcome.UserNotFound.class);
        }
        SignUp wish = SignUp.withPassphrase(somebody.email(), PASSPHRASE, Map.of(), CallerAddress.UNKNOWN);
        assertThat(context.getBean(SignUpService.class).signUp(wish)).isInstanceOf(SignUpOutcome.EmailTaken.class);
        assertThat(profiles.findByNickname(nickname())).isPresent();
    }

    @Test
    void needsThePassphraseOrAMailedLink() {
        assertThat(closings.close(proofs().byPassphrase(somebody, "wrong passphrase", CallerAddress.UNKNOWN)))
                .isInstanceOf(ClosingOutcome.NotProven.class);
        PageSession byPassphrase = page(context.getBean(PageSessions.class)
                .openByPassphrase(somebody, "")
                .orElseThrow());
        assertThat(closings.close(proofs().byLink(byPassphrase))).isInstanceOf(ClosingOutcome.NotProven.class);
        String cookie = context.getBean(PageSessions.class)
                .openByLink(somebody.id(), "")
                .orElseThrow();
        ProofOutcome byLink = proofs().byLink(page(cookie));
        context.getBean(PageSessions.class).close(cookie);
        assertThat(closings.close(byLink)).isInstanceOf(ClosingOutcome.NotProven.class);
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);

        PageSession fresh = page(context.getBean(PageSessions.class)
                .openByLink(somebody.id(), "")
                .orElseThrow());
        assertThat(closings.close(proofs().byLink(fresh))).isInstanceOf(ClosingOutcome.Closed.class);
    }

    @Test
    void refusesALinkThatSignedInLongAgo() {
        PageSession old = page(context.getBean(PageSessions.class)
                .openByLink(somebody.id(), "")
                .orElseThrow());
        clock.advance(PageSession.FRESH);
        assertThat(closings.close(proofs().byLink(old))).isInstanceOf(ClosingOutcome.NotProven.class);
    }

    @Test
    void mailsTheOwnerTheWayBack() {
        close();
        MailContent.Message mail = mail();
        assertThat(mail.to()).isEqualTo(somebody.email().value());
        assertThat(mail.model()).containsEntry("end", clock.instant().plus(GRACE));
        assertThat((String) mail.model().get("link")).endsWith("/keep/" + token());
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM outbox WHERE kind = 'account-closed' AND about_id = '" + somebody.id()
                                + "'"))
                .isOne();
    }

    /** Else whoever moved the account away could have it erased before its owner finds out. */
    @Test
    void mailsTheAddressThatWasLeftLatelyToo() {
        String earlier = somebody.email().value();
        MovingService moving = context.getBean(MovingService.class);
        moving.ask(
                new ProofOutcome.Proven(somebody, null),
                new EmailAddress("later" + somebody.pin() + "@example.net"),
                Door.ACCOUNT_PAGE,
                Caller.page(CallerAddress.UNKNOWN));
        moving.confirm(context.getBean(LinkTokens.class)
                .mint(
                        Sql.text(context, "SELECT link_id FROM email_moves WHERE account_id = '" + somebody.id() + "'"),
                        LinkPurpose.CHANGE_EMAIL));
        somebody = account();
        close();

        String about = Sql.text(
                context,
                "SELECT about_id FROM outbox WHERE kind = 'account-closed' AND about_id LIKE '" + somebody.id()
                        + " %'");
        assertThat(mail(about).to()).isEqualTo(earlier);
        assertThat(mail(about).model()).isEqualTo(mail().model());
        clock.advance(GRACE);
        clean();
        assertThat(accounts.findById(somebody.id())).isEmpty();
        assertThat(Sql.count(context, "SELECT count(*) FROM outbox WHERE about_id LIKE '" + somebody.id() + "%'"))
                .isZero();
    }

    @Test
    void comesBackAsItWas() {
        String photo = photo();
        close();
        String token = token();
        assertThat(closings.look(token)).isInstanceOf(KeepOutcome.Open.class);
        assertThat(account().status()).isEqualTo(AccountStatus.CLOSED);

        assertThat(closings.keep(token)).isInstanceOf(KeepOutcome.Kept.class);

        assertThat(account()).isEqualTo(somebody);
        assertThat(photo()).isEqualTo(photo);
        assertThat(photos.find(photo)).isPresent();
        assertThat(sessions()).isZero();
        assertThat(refusal(closings.keep(token)).reason()).isEqualTo(Inspection.Reason.USED);
        assertThat(context.getBean(ClosedMail.class).compose(outboxMail())).isEmpty();

        clock.advance(GRACE.plusSeconds(1));
        clean();
        assertThat(account()).isEqualTo(somebody);
        assertThat(refusal(closings.look(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
    }

    @Test
    void canBeClosedOnceMore() {
        close();
        String first = token();
        closings.keep(first);
        assertThat(close()).isInstanceOf(ClosingOutcome.Closed.class);
        assertThat(refusal(closings.keep(first)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(closings.keep(token())).isInstanceOf(KeepOutcome.Kept.class);
    }

    @Test
    void isErasedWhenTheGraceIsOver() {
        String photo = photo();
        close();
        String token = token();
        clock.advance(GRACE.minusSeconds(1));
        clean();
        context.getBean(PhotoSweep.class).sweep();
        assertThat(account().status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(keptPhoto(photo)).isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(closings.keep(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        clean();

        assertThat(accounts.findById(somebody.id())).isEmpty();
        assertThat(keptPhoto(photo)).isFalse();
        assertThat(refusal(closings.look(token)).reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(Sql.count(context, "SELECT count(*) FROM outbox WHERE about_id = '" + somebody.id() + "'"))
                .isZero();
        SignUp wish = SignUp.withPassphrase(somebody.email(), PASSPHRASE, Map.of(), CallerAddress.UNKNOWN);
        assertThat(context.getBean(SignUpService.class).signUp(wish)).isInstanceOf(SignUpOutcome.Created.class);
    }

    @Test
    void erasesAtOnceWhatNobodyCouldTakeBack() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        assertThat(close()).isInstanceOf(ClosingOutcome.Erased.class);
        assertThat(accounts.findById(somebody.id())).isEmpty();
    }

    @Test
    void isNoWayAroundABlock() {
        close();
        String token = token();
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(refusal(closings.keep(token)).reason()).isEqualTo(Inspection.Reason.UNKNOWN);
        clock.advance(GRACE.multipliedBy(3));
        clean();
        assertThat(account().status()).isEqualTo(AccountStatus.BLOCKED);
        assertThat(close()).isInstanceOf(ClosingOutcome.NotProven.class);
    }

    @Test
    void anUndoOfBeforeWaitsUntilTheAccountIsBack() {
        transaction(() -> context.getBean(ChangeLog.class)
                .record(
                        somebody.id(),
                        somebody.email(),
                        Origin.of(Door.ACCOUNT_API),
                        Map.of("name", "Ada"),
                        Map.of("name", "")));
        String undo = context.getBean(LinkTokens.class)
                .mint(
                        Sql.text(
                                context,
                                "SELECT undo_id FROM changes WHERE account_id = '" + somebody.id()
                                        + "' ORDER BY id DESC LIMIT 1"),
                        LinkPurpose.UNDO_CHANGE);
        close();
        UndoService undos = context.getBean(UndoService.class);
        assertThat(((UndoOutcome.Refused) undos.undo(undo)).refusal().reason()).isEqualTo(Inspection.Reason.UNKNOWN);
        closings.keep(token());
        assertThat(undos.undo(undo)).isInstanceOf(UndoOutcome.Undone.class);
    }

    @Test
    void oneOfManyTakesItBack() throws Exception {
        close();
        String token = token();
        List<KeepOutcome> outcomes = Race.of(16, () -> closings.keep(token));
        assertThat(outcomes).filteredOn(KeepOutcome.Kept.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(KeepOutcome.LinkRefused.class::isInstance)
                .allMatch(refused -> refusal(refused).reason() == Inspection.Reason.USED);
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    /** The clock stands at the end: a keep that looked before it is still under way. */
    @Test
    void takingBackAndErasingHaveOneWinner() throws Exception {
        for (int round = 0; round < 5; round++) {
            close();
            String token = token();
            clock.advance(GRACE.minusMillis(1));
            List<Callable<Object>> racers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                racers.add(() -> closings.keep(token));
                racers.add(() -> {
                    clock.advance(Duration.ofMillis(1));
                    clean();
                    return "cleaned";
                });
            }
            boolean kept = Race.of(racers).stream().anyMatch(KeepOutcome.Kept.class::isInstance);
            assertThat(accounts.findById(somebody.id()).isPresent()).isEqualTo(kept);
            if (!kept) {
                return;
            }
        }
    }

    private ClosingOutcome close() {
        return closings.close(proofs().byPassphrase(somebody, PASSPHRASE, CallerAddress.UNKNOWN));
    }

    private OwnerProofs proofs() {
        return context.getBean(OwnerProofs.class);
    }

    private Account account() {
        return accounts.findById(somebody.id()).orElseThrow();
    }

    private String nickname() {
        return "n" + somebody.pin();
    }

    private String photo() {
        return Objects.requireNonNull(profiles.find(somebody.id()).orElseThrow().photoHash());
    }

    private boolean keptPhoto(String hash) {
        assertThat(Photo.isHash(hash)).isTrue();
        return Sql.count(context, "SELECT count(*) FROM photos WHERE hash = '" + hash + "'") == 1;
    }

    private long sessions() {
        return Sql.count(context, "SELECT count(*) FROM sessions WHERE account_id = '" + somebody.id() + "'");
    }

    private PageSession page(String cookie) {
        return context.getBean(PageSessions.class).find(cookie).orElseThrow();
    }

    private String token() {
        return context.getBean(LinkTokens.class)
                .mint(closures.find(somebody.id()).orElseThrow().linkId(), LinkPurpose.KEEP_ACCOUNT);
    }

    private MailContent.Message mail() {
        return mail(somebody.id().toString());
    }

    private MailContent.Message mail(String about) {
        return (MailContent.Message)
                context.getBean(ClosedMail.class).compose(outboxMail(about)).orElseThrow();
    }

    private OutboxMessage outboxMail() {
        return outboxMail(somebody.id().toString());
    }

    private OutboxMessage outboxMail(String about) {
        return new OutboxMessage(
                UUID.randomUUID(),
                ClosedMail.KIND,
                about,
                OutboxState.WAITING,
                clock.instant(),
                null,
                1,
                null,
                clock.instant());
    }

    private static Inspection.Refused refusal(KeepOutcome outcome) {
        return ((KeepOutcome.LinkRefused) outcome).refusal();
    }

    private void clean() {
        context.getBean(Cleaning.class).clean();
    }

    @SuppressWarnings("unchecked") // There is one, of connections.
    private void transaction(Runnable work) {
        ((TransactionOperations<Connection>) context.getBean(TransactionOperations.class)).executeWrite(status -> {
            work.run();
            return true;
        });
    }
}
