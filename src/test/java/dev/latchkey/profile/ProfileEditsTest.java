package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.profile.ChangeRefused.InvalidFields;
import dev.latchkey.profile.ChangeRefused.PhotoRefused;
import dev.latchkey.profile.InvalidField.Reason;
import dev.latchkey.profile.SaveOutcome.LinkRefused;
import dev.latchkey.profile.SaveOutcome.Saved;
import dev.latchkey.profile.SaveOutcome.Unchanged;
import dev.latchkey.profile.SaveOutcome.VersionConflict;
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
import io.micronaut.data.exceptions.DataAccessException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class ProfileEditsTest {
    private static final ProfileChange BIO = bio("Hello.");

    private final Database database;
    private final ApplicationContext context;
    private final ProfileEdits edits;
    private final MutableClock clock;
    private final Account somebody;

    ProfileEditsTest(Database database) {
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
        edits = context.getBean(ProfileEdits.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    @Asvs("6.5.1")
    void opensManyTimesButSavesOnce() {
        String token = Links.fresh(context, somebody);
        assertThat(loaded(token).profile()).isEqualTo(Profile.none(somebody.id()));
        assertThat(loaded(token).profile().version()).isZero();

        assertThat(edits.save(token, BIO))
                .isEqualTo(new Saved(Set.of(ProfileField.BIO), somebody.id(), somebody.email(), null));

        assertThat(loaded(Links.fresh(context, somebody)).profile().bio()).isEqualTo("Hello.");
        assertThat(refusal(edits.save(token, bio("Again.")))).isEqualTo(Inspection.Reason.USED);
        assertThat(edits.load(token)).isInstanceOf(LoadOutcome.LinkRefused.class);
    }

    @Test
    void savesEverythingTogether() {
        ProfileChange all = ProfileChange.of(Map.of(
                        ProfileField.LOCALE,
                        "pt-br",
                        ProfileField.BIO,
                        "Line\r\nbreak",
                        ProfileField.NAME,
                        " Ada ",
                        ProfileField.PRONOUNS,
                        "she/her",
                        ProfileField.NICKNAME,
                        "Ada_" + somebody.pin()))
                .with(new PassphraseChoice.Typed("a long passphrase"))
                .with(new PhotoChange.Upload(uploaded(640)))
                .from(Set.of(0L));
        Saved saved = (Saved) edits.save(Links.fresh(context, somebody), all);
        assertThat(saved.changed()).containsExactly(ProfileField.values());

        ProfileView view = loaded(Links.fresh(context, somebody));
        assertThat(view.profile().locale()).isEqualTo("pt-BR");
        assertThat(view.profile().bio()).isEqualTo("Line\nbreak");
        assertThat(view.profile().name()).isEqualTo("Ada");
        assertThat(view.profile().pronouns()).isEqualTo("she/her");
        assertThat(view.profile().nickname()).isEqualTo("ada_" + somebody.pin());
        assertThat(view.profile().version()).isOne();
        assertThat(context.getBean(PhotoStore.class)
                        .find(String.valueOf(view.profile().photoHash())))
                .isPresent();
        assertThat(context.getBean(Passphrases.class)
                        .matches(
                                "a long passphrase",
                                String.valueOf(view.account().passphraseHash()),
                                ""))
                .isTrue();
    }

    @Test
    void leavesAbsentFieldsAndClearsEmptyOnes() {
        save(ProfileChange.of(Map.of(ProfileField.LOCALE, "en", ProfileField.BIO, "Bio", ProfileField.NAME, "Name")));
        save(bio(""));
        Profile profile = loaded(Links.fresh(context, somebody)).profile();
        assertThat(profile.bio()).isNull();
        assertThat(profile.name()).isEqualTo("Name");
        assertThat(profile.locale()).isEqualTo("en");
    }

    @Test
    void burnsNothingWhenNothingDiffers() {
        save(ProfileChange.of(Map.of(ProfileField.BIO, "Hello."))
                .with(new PassphraseChoice.Typed("a long passphrase"))
                .with(new PhotoChange.Upload(uploaded(64))));
        String token = Links.fresh(context, somebody);
        assertThat(edits.save(token, ProfileChange.of(Map.of()))).isEqualTo(new Unchanged());
        assertThat(edits.save(
                        token,
                        ProfileChange.of(Map.of(ProfileField.BIO, "Hello.", ProfileField.NAME, ""))
                                .with(new PassphraseChoice.Typed("a long passphrase"))
                                .with(new PhotoChange.Upload(uploaded(64)))
                                .from(Set.of(1L))))
                .isEqualTo(new Unchanged());
        assertThat(loaded(token).profile().version()).isOne();
        assertThat(edits.save(token, bio("New."))).isInstanceOf(Saved.class);
    }

    @Test
    void removesAPhoto() {
        save(ProfileChange.of(Map.of()).with(new PhotoChange.Upload(uploaded(64))));
        String before = loaded(Links.fresh(context, somebody)).profile().photoHash();
        SaveOutcome removed = edits.save(
                Links.fresh(context, somebody), ProfileChange.of(Map.of()).with(new PhotoChange.Remove()));
        assertThat(removed).isEqualTo(new Saved(Set.of(ProfileField.PHOTO), somebody.id(), somebody.email(), before));
        assertThat(loaded(Links.fresh(context, somebody)).profile().photoHash()).isNull();
    }

    @Test
    @Asvs({"2.2.1", "2.2.2"})
    void refusesEachFieldWithItsReasonAndKeepsTheToken() {
        Account other = People.somebody(context);
        String taken = "taken_" + other.pin();
        edits.save(Links.fresh(context, other), ProfileChange.of(Map.of(ProfileField.NICKNAME, taken)));
        String token = Links.fresh(context, somebody);
        SaveOutcome outcome = edits.save(
                token,
                ProfileChange.of(Map.of(
                                ProfileField.LOCALE,
                                "xx_YY",
                                ProfileField.BIO,
                                "x".repeat(2001),
                                ProfileField.NAME,
                                "a\u0007b",
                                ProfileField.NICKNAME,
                                taken.toUpperCase(Locale.ROOT)))
                        .with(new PassphraseChoice.Typed("short")));
        assertThat(((InvalidFields) outcome).fields())
                .containsExactlyInAnyOrder(
                        new InvalidField(ProfileField.LOCALE, Reason.ILL_FORMED),
                        new InvalidField(ProfileField.PASSPHRASE, Reason.TOO_SHORT),
                        new InvalidField(ProfileField.BIO, Reason.TOO_LONG),
                        new InvalidField(ProfileField.NAME, Reason.CONTROL_CHARACTERS),
                        new InvalidField(ProfileField.NICKNAME, Reason.TAKEN));
        assertThat(loaded(token).profile().version()).isZero();
        assertThat(edits.save(token, BIO)).isInstanceOf(Saved.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "PASSWORD1", "aaaaaaaaaa"})
    @Asvs("6.2.4")
    void refusesWhatEverybodyTriesFirst(String common) {
        assertThat(((InvalidFields) edits.save(
                                Links.fresh(context, somebody),
                                ProfileChange.of(Map.of()).with(new PassphraseChoice.Typed(common))))
                        .fields())
                .containsExactly(new InvalidField(ProfileField.PASSPHRASE, Reason.COMMON));
    }

    @Test
    void refusesAPhotoThatIsNoneAndKeepsTheToken() {
        String token = Links.fresh(context, somebody);
        ProfileChange html = BIO.with(
                new PhotoChange.Upload(PhotoSource.of("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(edits.save(token, html)).isEqualTo(new PhotoRefused(PhotoResult.Reason.UNSUPPORTED));
        assertThat(edits.save(token, html.with(new PassphraseChoice.Typed("short"))))
                .as("all that is wrong in one round")
                .isEqualTo(new InvalidFields(
                        List.of(new InvalidField(ProfileField.PASSPHRASE, InvalidField.Reason.TOO_SHORT)),
                        new PhotoRefused(PhotoResult.Reason.UNSUPPORTED)));
        ProfileChange large =
                ProfileChange.of(Map.of(ProfileField.BIO, "Hello.")).with(new PhotoChange.Upload(tooLarge()));
        assertThat(edits.save(token, large)).isEqualTo(new PhotoRefused(PhotoResult.Reason.TOO_LARGE));
        assertThat(loaded(token).profile().bio()).isNull();
    }

    @Test
    void refusesAStaleVersionAndTellsTheCurrentValues() {
        save(BIO);
        String token = Links.fresh(context, somebody);
        VersionConflict conflict = (VersionConflict) edits.save(
                token, ProfileChange.of(Map.of(ProfileField.BIO, "Stale")).from(Set.of(0L)));
        assertThat(conflict.current().profile().bio()).isEqualTo("Hello.");
        assertThat(edits.save(
                        token,
                        ProfileChange.of(Map.of(ProfileField.BIO, "Fresh")).from(Set.of(1L))))
                .isInstanceOf(Saved.class);
    }

    @Test
    void refusesAnExpiredLink() {
        String token = Links.fresh(context, somebody);
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(edits.load(token)).isInstanceOf(LoadOutcome.Loaded.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(edits.save(token, BIO))).isEqualTo(Inspection.Reason.EXPIRED);
    }

    @Test
    void startsTheLifetimeOnlyWhenTheMailWasAccepted() {
        String token = Links.onItsWay(context, somebody);
        clock.advance(Duration.ofHours(3));
        assertThat(edits.load(token)).isInstanceOf(LoadOutcome.Loaded.class);
    }

    @Test
    void revokesTheOtherLinksOfTheAccountAndOnlyThose() {
        Account other = People.somebody(context);
        String first = Links.fresh(context, somebody);
        String second = Links.fresh(context, somebody);
        String foreign = Links.fresh(context, other);
        assertThat(edits.save(second, BIO)).isInstanceOf(Saved.class);
        assertThat(refusal(edits.save(first, bio("Late.")))).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(edits.load(foreign)).isInstanceOf(LoadOutcome.Loaded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u0000", "../../etc/passwd"})
    void knowsNoTokenThatWasNeverIssued(String token) {
        assertThat(refusal(edits.save(token, BIO))).isEqualTo(Inspection.Reason.UNKNOWN);
    }

    @Test
    void knowsNoTokenInWhichAnyCharacterWasAltered() {
        String token = Links.fresh(context, somebody);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(refusal(edits.save(altered, BIO))).isEqualTo(Inspection.Reason.UNKNOWN);
        }
        assertThat(edits.load(token)).isInstanceOf(LoadOutcome.Loaded.class);
    }

    @Test
    void endsAPassphraseFromBeforeTheMailboxWasProved() {
        Accounts accounts = context.getBean(Accounts.class);
        Sql.run(
                context,
                "UPDATE accounts SET email_verified_at = NULL, passphrase_hash = 'set by a stranger' WHERE pin = "
                        + somebody.pin());
        save(BIO);
        Account proved = accounts.findById(somebody.id()).orElseThrow();
        assertThat(proved.passphraseHash()).isNull();
        assertThat(proved.emailVerifiedAt()).isNotNull();
    }

    @Test
    @Asvs({"2.3.4", "6.5.1"})
    void letsOneOfThirtyTwoThreadsWin() throws Exception {
        String token = Links.fresh(context, somebody);
        List<Callable<SaveOutcome>> saves = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            ProfileChange input = bio("Thread " + i).with(new PhotoChange.Upload(uploaded(64 + i)));
            saves.add(() -> edits.save(token, input));
        }
        List<SaveOutcome> outcomes = Race.of(saves);
        assertThat(outcomes.stream().filter(Saved.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(LinkRefused.class::isInstance)).hasSize(31);
        int winner = outcomes.indexOf(
                outcomes.stream().filter(Saved.class::isInstance).findFirst().orElseThrow());
        Profile profile = loaded(Links.fresh(context, somebody)).profile();
        assertThat(profile.version()).isOne();
        assertThat(profile.bio()).isEqualTo("Thread " + winner);
        assertThat(profile.photoHash())
                .isEqualTo(
                        Images.processed(context, Images.jpeg(64 + winner, 64)).hash());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void letsOneOfManyEqualSavesWin(long version) throws Exception {
        for (int round = 0; round < 10; round++) {
            Account somebodyElse = People.somebody(context);
            String token = Links.fresh(context, somebodyElse);
            ProfileChange same =
                    ProfileChange.of(Map.of(ProfileField.BIO, "The same.")).from(version < 0 ? null : Set.of(version));
            List<SaveOutcome> outcomes = Race.of(8, () -> edits.save(token, same));
            assertThat(outcomes.stream().filter(Saved.class::isInstance)).hasSize(1);
            assertThat(outcomes.stream().filter(LinkRefused.class::isInstance).map(ProfileEditsTest::refusal))
                    .as("%s", outcomes)
                    .hasSize(7)
                    .containsOnly(Inspection.Reason.USED);
        }
    }

    @Test
    @Asvs({"2.3.3", "16.5.3"})
    void undoesEverythingWhenOneStatementFails() {
        String token = Links.fresh(context, somebody);
        Sql.refuseNotices(context, database);
        try {
            assertThatThrownBy(() -> edits.save(token, BIO)).isInstanceOf(DataAccessException.class);
        } finally {
            Sql.acceptNotices(context, database);
        }
        assertThat(loaded(token).profile().version()).isZero();
        assertThat(edits.save(token, BIO)).isInstanceOf(Saved.class);
    }

    private static PhotoSource uploaded(int width) {
        return PhotoSource.of(Images.jpeg(width, 64));
    }

    private static PhotoSource tooLarge() {
        return new PhotoSource() {
            @Override
            public long size() {
                return PhotoProcessor.MOST_BYTES + 1;
            }

            @Override
            public void writeTo(OutputStream out) {
                throw new IllegalStateException("Not kept");
            }
        };
    }

    private void save(ProfileChange input) {
        assertThat(edits.save(Links.fresh(context, somebody), input)).isInstanceOf(Saved.class);
    }

    private ProfileView loaded(String token) {
        return ((LoadOutcome.Loaded) edits.load(token)).view();
    }

    private static Inspection.Reason refusal(SaveOutcome outcome) {
        return ((LinkRefused) outcome).refusal().reason();
    }

    private static ProfileChange bio(String text) {
        return ProfileChange.of(Map.of(ProfileField.BIO, text));
    }
}
