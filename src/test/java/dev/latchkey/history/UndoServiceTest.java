package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.magiclink.Inspection.Reason;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangeRefused.InvalidFields;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.SaveOutcome.LinkRefused;
import dev.latchkey.profile.SaveOutcome.Saved;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Bearer;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.exceptions.DataAccessException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class UndoServiceTest {
    private final Database database;
    private final ApplicationContext context;
    private final UndoService undos;
    private final Changes changes;
    private final ProfileEdits edits;
    private final MutableClock clock;
    private final Account somebody;

    UndoServiceTest(Database database) {
        this.database = database;
        context = Contexts.shared(
                database,
                Map.of(
                        "test.clock",
                        true,
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000,
                        "latchkey.photos-per-hour",
                        1000));
        undos = context.getBean(UndoService.class);
        changes = context.getBean(Changes.class);
        edits = context.getBean(ProfileEdits.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    void putsEveryFieldBackByteForByte() {
        save(everything("Ada", 64));
        Profile before = profile();
        String hash = account().passphraseHash();
        save(everything("Eve", 128));
        assertThat(account().passphraseHash()).isNotEqualTo(hash);

        String token = tokenOf(newest());
        UndoOutcome.Open looked = (UndoOutcome.Open) undos.look(token);
        assertThat(looked.change().before()).containsEntry("name", "Ada").hasSize(7);
        assertThat(profile().name()).isEqualTo("Eve");

        UndoOutcome.Undone undone = (UndoOutcome.Undone) undos.undo(token);
        assertThat(undone.restored())
                .containsExactly("bio", "locale", "name", "nickname", "passphrase", "photo", "pronouns");
        assertThat(undone.token()).isEqualTo(token);
        assertThat(profile())
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(before);
        assertThat(profile().version()).isEqualTo(before.version() + 2);
        assertThat(account().passphraseHash()).isEqualTo(hash);
        assertThat(context.getBean(Photos.class).find(Objects.requireNonNull(before.photoHash())))
                .isPresent();
    }

    @Test
    void worksOnce() {
        save(bio("One"));
        String token = tokenOf(newest());
        assertThat(undos.undo(token)).isInstanceOf(UndoOutcome.Undone.class);
        save(bio("Two"));
        UndoOutcome.Refused again = (UndoOutcome.Refused) undos.undo(token);
        assertThat(again.refusal().reason()).isEqualTo(Reason.USED);
        assertThat(again.refusal().since()).isEqualTo(clock.instant());
        assertThat(profile().bio()).isEqualTo("Two");
    }

    @Test
    void shutsOutWhoeverMadeTheChange() {
        save(passphrase("seven quiet otters"));
        String bearer = context.getBean(AccessTokenService.class)
                .issue(account(), "")
                .orElseThrow()
                .text();
        String open = Links.fresh(context, somebody);

        undos.undo(tokenOf(newest()));

        assertThat(account().passphraseHash()).isNull();
        assertThat(context.getBean(AccessTokenService.class).inspect(bearer)).isInstanceOf(Bearer.Invalid.class);
        LinkRefused refused = (LinkRefused) edits.save(open, bio("Late"));
        assertThat(refused.refusal().reason()).isEqualTo(Reason.REVOKED);
        assertThat(Sql.count(context, "SELECT count(*) FROM sessions WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    @Test
    void takesLaterChangesOfTheSameFieldsAlongAndLeavesAllOthers() {
        save(ProfileChange.of(Map.of(ProfileField.BIO, "First", ProfileField.NAME, "Ada")));
        save(bio("Second"));
        Change second = newest();
        save(ProfileChange.of(Map.of(ProfileField.BIO, "Third", ProfileField.NAME, "Eve")));
        Change third = newest();

        undos.undo(tokenOf(second));
        assertThat(profile().bio()).isEqualTo("First");
        assertThat(profile().name()).isEqualTo("Eve");

        UndoOutcome.Undone undone = (UndoOutcome.Undone) undos.undo(tokenOf(third));
        assertThat(undone.restored()).containsExactly("name");
        assertThat(profile().bio()).isEqualTo("First");
        assertThat(profile().name()).isEqualTo("Ada");
    }

    @Test
    void leavesNothingOfALaterChangeThatItTookAlongWhole() {
        save(bio("First"));
        save(bio("Second"));
        Change second = newest();
        save(bio("Third"));
        Change third = newest();
        undos.undo(tokenOf(second));
        assertThat(((UndoOutcome.Refused) undos.undo(tokenOf(third))).refusal().reason())
                .isEqualTo(Reason.USED);
        assertThat(profile().bio()).isEqualTo("First");
        assertThat(stateOf(third)).isEqualTo(LinkState.UNDONE);
    }

    @Test
    void goesBackStepByStep() {
        save(bio("First"));
        Change first = newest();
        save(bio("Second"));
        undos.undo(tokenOf(newest()));
        assertThat(profile().bio()).isEqualTo("First");
        undos.undo(tokenOf(first));
        assertThat(profile().bio()).isNull();
    }

    @Test
    void tellsStatusThatTheSaveWasUndone() {
        save(bio("First"));
        Change change = newest();
        assertThat(stateOf(change)).isEqualTo(LinkState.SAVED);
        undos.undoRequest(somebody.id(), Objects.requireNonNull(change.requestId()));
        assertThat(stateOf(change)).isEqualTo(LinkState.UNDONE);
    }

    @Test
    void refusesWhatIsTooOldForgedOrForSomethingElse() {
        save(bio("First"));
        String token = tokenOf(newest());
        assertThat(reasonOf(token.substring(1))).isEqualTo(Reason.UNKNOWN);
        assertThat(reasonOf(Links.fresh(context, somebody))).isEqualTo(Reason.UNKNOWN);
        clock.advance(Duration.ofHours(72));
        assertThat(reasonOf(token)).isEqualTo(Reason.EXPIRED);
        changes.removeOld(clock.instant(), 1000);
        assertThat(reasonOf(token)).isEqualTo(Reason.EXPIRED);
        assertThat(profile().bio()).isEqualTo("First");
        clock.advance(Duration.ofDays(30));
        changes.removeOld(clock.instant(), 1000);
        assertThat(reasonOf(token)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void keepsTheNamesAndNoValuesOfWhatIsTooOld() {
        save(bio("First"));
        Change change = newest();
        clock.advance(Duration.ofHours(72));
        changes.removeOld(clock.instant(), 1000);
        Change left = changes.findById(change.id()).orElseThrow();
        assertThat(left.keys()).containsExactly("bio");
        assertThat(left.before()).isNull();
        assertThat(left.after()).isNull();
        assertThat(left.told()).isNull();
    }

    @Test
    void doesNothingForAnAccountThatIsBlockedOrGone() {
        save(bio("First"));
        String token = tokenOf(newest());
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(reasonOf(token)).isEqualTo(Reason.UNKNOWN);
        Sql.run(context, "DELETE FROM accounts WHERE id = '" + somebody.id() + "'");
        assertThat(reasonOf(token)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void takesNobodyElsesChangeBack() {
        save(bio("First"));
        Change change = newest();
        UUID stranger = People.somebody(context).id();
        assertThat(undos.undoChange(stranger, change.id())).isInstanceOf(UndoOutcome.Refused.class);
        assertThat(undos.undoRequest(stranger, Objects.requireNonNull(change.requestId())))
                .isInstanceOf(UndoOutcome.Refused.class);
        assertThat(profile().bio()).isEqualTo("First");
        assertThat(undos.undoChange(somebody.id(), change.id())).isInstanceOf(UndoOutcome.Undone.class);
    }

    @Test
    void neverBringsAPassphraseBackFromBeforeTheMailboxWasProved() {
        Sql.run(
                context,
                "UPDATE accounts SET email_verified_at = NULL, passphrase_hash = 'a stranger''s' WHERE id = '"
                        + somebody.id() + "'");
        save(passphrase("seven quiet otters"));
        undos.undo(tokenOf(newest()));
        assertThat(account().passphraseHash()).isNull();
    }

    @Test
    void undoesAllOfItselfWhenItsNoticeCannotBeWritten() {
        save(everything("Ada", 64));
        String token = tokenOf(newest());
        String open = Links.fresh(context, somebody);
        Sql.refuseNotices(context, database);
        try {
            assertThatThrownBy(() -> undos.undo(token)).isInstanceOf(DataAccessException.class);
        } finally {
            Sql.acceptNotices(context, database);
        }
        assertThat(profile().name()).isEqualTo("Ada");
        assertThat(account().passphraseHash()).isNotNull();
        assertThat(edits.save(open, bio("Still open"))).isInstanceOf(Saved.class);
        assertThat(undos.undo(token)).isInstanceOf(UndoOutcome.Undone.class);
    }

    @Test
    void hasOneWinnerAmongManyThatUndoAndSaveAtOnce() throws Exception {
        save(bio("Before"));
        save(bio("Stranger's"));
        String token = tokenOf(newest());
        List<Callable<Object>> racers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String open = Links.fresh(context, somebody);
            String text = "Racer " + i;
            racers.add(() -> edits.save(open, bio(text)));
            racers.add(() -> undos.undo(token));
        }
        List<Object> outcomes = Race.of(racers);
        assertThat(outcomes).filteredOn(UndoOutcome.Undone.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !(outcome instanceof UndoOutcome.Undone))
                .allMatch(outcome -> outcome instanceof Saved
                        || outcome instanceof LinkRefused
                        || outcome instanceof UndoOutcome.Refused late
                                && late.refusal().reason() == Reason.USED);
        // A save before the undo went with it, and the undo left no link for one after it.
        assertThat(profile().bio()).isEqualTo("Before");
        assertThat(outcomes).filteredOn(Saved.class::isInstance).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void keepsThePhotoThatItMayBringBackFromTheSweep() {
        save(photo(64));
        String hash = Objects.requireNonNull(profile().photoHash());
        save(photo(128));
        clock.advance(Duration.ofHours(30));
        PhotoSweep sweep = context.getBean(PhotoSweep.class);
        sweep.sweep();
        assertThat(context.getBean(Photos.class).find(hash)).isEmpty();
        assertThat(kept(hash)).isTrue();
        clock.advance(Duration.ofHours(42));
        changes.removeOld(clock.instant(), 1000);
        sweep.sweep();
        assertThat(kept(hash)).isFalse();
    }

    @Test
    void holdsANicknameForWhoeverGaveItUp() {
        String nickname = "held_" + somebody.pin();
        save(nickname(nickname));
        save(nickname("other_" + somebody.pin()));
        Change givenUp = newest();
        Account stranger = People.somebody(context);
        assertThat(edits.save(Links.fresh(context, stranger), nickname(nickname)))
                .isInstanceOf(InvalidFields.class);
        assertThat(undos.undo(tokenOf(givenUp))).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(profile().nickname()).isEqualTo(nickname);

        save(nickname("third_" + somebody.pin()));
        clock.advance(Duration.ofHours(72));
        assertThat(edits.save(Links.fresh(context, stranger), nickname(nickname)))
                .isInstanceOf(Saved.class);
    }

    @Test
    void tellsWhatWasChangedFromWhatAndByWhom() {
        save(ProfileChange.of(Map.of(ProfileField.BIO, "I like tea.", ProfileField.LOCALE, "fr")));
        save(ProfileChange.of(Map.of(ProfileField.BIO, "I like coffee."))
                .with(new PassphraseChoice.Typed("seven quiet otters")));
        Change change = newest();
        MailContent.Message notice = noticeOf(change);
        assertThat(notice.to()).isEqualTo(somebody.email().value());
        assertThat(notice.wording()).isEqualTo("changed");
        assertThat(notice.locale().toLanguageTag()).isEqualTo("fr");
        assertThat(notice.model())
                .containsEntry("was_bio", "I like tea.")
                .containsEntry("is_bio", "I like coffee.")
                .containsEntry("at", change.happenedAt())
                .containsEntry("by", List.of("link-action"))
                .doesNotContainKeys("was_passphrase", "is_passphrase");
        assertThat(String.valueOf(notice.model().get("link"))).endsWith("/undo/" + tokenOf(change));
        assertThat(notice.model().values().toString()).doesNotContain("argon2");

        undos.undo(tokenOf(change));
        MailContent.Message told = noticeOf(newest());
        assertThat(told.wording()).isEqualTo("undone");
        assertThat(told.model()).doesNotContainKey("link").containsEntry("is_bio", "I like tea.");
        assertThat(told.model().values().toString()).doesNotContain("argon2");
    }

    @Test
    void tellsWhoWasToldOfTheChangeOrElseTheOwner() {
        Change untold = context.getBean(RecordedChanges.class)
                .record(somebody, null, Origin.of(Door.ACCOUNT_API), Map.of("bio", ""), Map.of("bio", "New."));
        undos.undo(tokenOf(untold));
        assertThat(newest().told()).isEqualTo(somebody.email().value());

        save(bio("First"));
        Change here = newest();
        EmailAddress elsewhere = new EmailAddress("moved." + somebody.email().value());
        context.getBean(Accounts.class).move(somebody.id(), elsewhere, clock.instant(), clock.instant());
        undos.undo(tokenOf(here));
        assertThat(newest().told()).isEqualTo(somebody.email().value());
    }

    @Test
    void tellsNobodyWhoseMailsHaveComeBackSince() {
        save(bio("First"));
        context.getBean(Accounts.class)
                .markUndeliverable(somebody.id(), Undeliverable.BOUNCE, clock.instant(), clock.instant());
        undos.undo(tokenOf(newest()));
        assertThat(newest().door()).isEqualTo(Door.UNDO);
        assertThat(newest().told()).isNull();
    }

    @Test
    void startsItsLifetimeAnewWhenTheNoticeCameLate() {
        save(bio("First"));
        Change change = newest();
        clock.advance(Duration.ofHours(71));
        notices().accepted(mail(change, change.happenedAt()), clock.instant());
        clock.advance(Duration.ofHours(71));
        assertThat(undos.undo(tokenOf(change))).isInstanceOf(UndoOutcome.Undone.class);
    }

    private MailContent.Message noticeOf(Change change) {
        return (MailContent.Message)
                notices().compose(mail(change, change.happenedAt())).orElseThrow();
    }

    private ChangeNotice notices() {
        return context.getBean(ChangeNotice.class);
    }

    private static OutboxMessage mail(Change change, Instant at) {
        return new OutboxMessage(
                UUID.randomUUID(),
                ChangeNotice.KIND,
                change.id().toString(),
                OutboxState.WAITING,
                at,
                null,
                1,
                null,
                at);
    }

    private boolean kept(String hash) {
        return Sql.count(context, "SELECT count(*) FROM photos WHERE hash = '" + hash + "'") == 1;
    }

    private LinkState stateOf(Change change) {
        return context.getBean(LinkStatusService.class)
                .statusOf(Objects.requireNonNull(change.requestId()), UnknownUser.REPORT)
                .orElseThrow()
                .state();
    }

    private Reason reasonOf(String token) {
        return ((UndoOutcome.Refused) undos.undo(token)).refusal().reason();
    }

    private Change newest() {
        return changes.newestBefore(somebody.id(), new UUID(-1, -1), 1).getFirst();
    }

    private String tokenOf(Change change) {
        return context.getBean(LinkTokens.class).mint(Objects.requireNonNull(change.undoId()), LinkPurpose.UNDO_CHANGE);
    }

    private Profile profile() {
        return context.getBean(Profiles.class).find(somebody.id()).orElseThrow();
    }

    private Account account() {
        return context.getBean(Accounts.class).findById(somebody.id()).orElseThrow();
    }

    private void save(ProfileChange change) {
        assertThat(edits.save(Links.fresh(context, somebody), change)).isInstanceOf(Saved.class);
    }

    private static ProfileChange bio(String text) {
        return ProfileChange.of(Map.of(ProfileField.BIO, text));
    }

    private static ProfileChange nickname(String text) {
        return ProfileChange.of(Map.of(ProfileField.NICKNAME, text));
    }

    private static ProfileChange passphrase(String typed) {
        return ProfileChange.of(Map.of()).with(new PassphraseChoice.Typed(typed));
    }

    private static ProfileChange photo(int width) {
        return ProfileChange.of(Map.of()).with(new PhotoChange.Upload(PhotoSource.of(Images.jpeg(width, 64))));
    }

    private ProfileChange everything(String name, int width) {
        return ProfileChange.of(Map.of(
                        ProfileField.NAME,
                        name,
                        ProfileField.BIO,
                        "I am " + name + ".\né",
                        ProfileField.LOCALE,
                        name.equals("Ada") ? "pt-BR" : "de",
                        ProfileField.PRONOUNS,
                        name.equals("Ada") ? "she/her" : "they",
                        ProfileField.NICKNAME,
                        (name + "_" + somebody.pin()).toLowerCase(java.util.Locale.ROOT)))
                .with(new PassphraseChoice.Typed("a long passphrase of " + name))
                .with(new PhotoChange.Upload(PhotoSource.of(Images.jpeg(width, 64))));
    }
}
