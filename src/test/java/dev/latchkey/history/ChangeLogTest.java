package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ChangeLogTest {
    private static final Duration UNDOABLE = Duration.ofHours(72);

    private final ApplicationContext context;
    private final ChangeLog log;
    private final RecordedChanges recorded;
    private final MutableClock clock;
    private final Account somebody;
    private final Account stranger;
    private final EmailAddress left;

    ChangeLogTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of("test.clock", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
        log = context.getBean(ChangeLog.class);
        recorded = context.getBean(RecordedChanges.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
        stranger = People.somebody(context);
        left = new EmailAddress("left." + somebody.email().value());
    }

    @Test
    void keepsWhatWasChangedFromWhatAndByWhom() {
        UUID request = UUID.randomUUID();
        Change change = record(
                somebody.email(), new Origin(Door.GRANT, request, "client.example"), Map.of("name", "Ada", "bio", ""));
        assertThat(change.accountId()).isEqualTo(somebody.id());
        assertThat(change.happenedAt()).isEqualTo(clock.instant());
        assertThat(change.undoUntil()).isEqualTo(clock.instant().plus(UNDOABLE));
        assertThat(change.door()).isEqualTo(Door.GRANT);
        assertThat(change.requestId()).isEqualTo(request);
        assertThat(change.client()).isEqualTo("client.example");
        assertThat(change.told()).isEqualTo(somebody.email().value());
        assertThat(change.keys()).containsExactly("bio", "name");
        assertThat(change.before()).isEqualTo(Map.of("name", "Ada", "bio", ""));
        assertThat(change.after()).isEqualTo(Map.of("name", "New.", "bio", "New."));
    }

    @Test
    void tellsTheOwnerByMailAndNobodyWhereNobodyProvedTheMailbox() {
        Change told = record(somebody.email(), Origin.of(Door.LINK), Map.of("bio", ""));
        Change untold = record(null, Origin.of(Door.LINK), Map.of("bio", ""));
        assertThat(notices(told)).isOne();
        assertThat(untold.told()).isNull();
        assertThat(notices(untold)).isZero();
    }

    @Test
    void namesWhatAnAssistantMayDoAsNothingOfItsOwn() {
        assertThat(record(null, Origin.of(Door.ACCOUNT_PAGE), Map.of("grants", "", "scopes", ""))
                        .keys())
                .containsExactly("grants");
    }

    @Test
    void holdsAnAddressForWhoeverGaveItUpUntilItCannotComeBack() {
        record(somebody.email(), Origin.of(Door.LINK), Map.of("email", left.value()));
        assertThat(log.holdsEmail(left, stranger.id())).isTrue();
        assertThat(log.holdsEmail(left, somebody.id())).as("its owner").isFalse();
        assertThat(log.holdsEmail(stranger.email(), stranger.id())).isFalse();
        assertThat(log.heldAmong(List.of(left, stranger.email()))).isEqualTo(Set.of(left));
        assertThat(log.heldAmong(List.of())).isEmpty();
        clock.advance(UNDOABLE);
        assertThat(log.holdsEmail(left, stranger.id())).isFalse();
        assertThat(log.heldAmong(List.of(left))).isEmpty();
    }

    @Test
    void holdsANicknameLikewise() {
        record(somebody.email(), Origin.of(Door.LINK), Map.of("nickname", "ada_" + somebody.pin()));
        assertThat(log.holdsNickname("ada_" + somebody.pin(), stranger.id())).isTrue();
        assertThat(log.holdsNickname("ada_" + somebody.pin(), somebody.id())).isFalse();
        assertThat(log.holdsNickname("eve_" + somebody.pin(), stranger.id())).isFalse();
        clock.advance(UNDOABLE);
        assertThat(log.holdsNickname("ada_" + somebody.pin(), stranger.id())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"UNDO", "OPERATOR"})
    void givesNoLinkForWhatIsNotTheOwnersToTakeBackAndHoldsNothingForIt(Door door) {
        Map<String, String> before = Map.of("email", left.value(), "nickname", "", "photo", "a hash");
        Change change = record(somebody.email(), Origin.of(door), before);
        assertThat(change.undoId()).isNull();
        assertThat(change.emailBefore()).isNull();
        assertThat(change.photoBefore()).isNull();
        assertThat(log.holdsEmail(left, stranger.id())).isFalse();
    }

    @Test
    void holdsNothingWhereThereWasNothing() {
        Change change = record(null, Origin.of(Door.LINK), Map.of("nickname", "", "photo", ""));
        assertThat(change.emailBefore()).isNull();
        assertThat(change.nicknameBefore()).isNull();
        assertThat(change.photoBefore()).isNull();
    }

    @Test
    void recordsAPassphraseByWhatMayComeBackOfIt() {
        assertThat(passphrase("a hash")).isEqualTo("a hash");
        assertThat(passphrase(null)).isEmpty();
    }

    @Test
    void tellsWhatGoesWithAnAccount() {
        Change photo = record(null, Origin.of(Door.LINK), Map.of("photo", "a hash"));
        Change bio = record(null, Origin.of(Door.LINK), Map.of("bio", ""));
        ChangeLog.Kept kept = log.keptOf(somebody.id());
        assertThat(kept.notices())
                .containsExactlyInAnyOrder(photo.id().toString(), bio.id().toString());
        assertThat(kept.photos()).containsExactly("a hash");
    }

    @Test
    void findsTheNoticesToAnAddressThatMailsComeBackFrom() {
        record(null, Origin.of(Door.LINK), Map.of("bio", ""));
        record(left, Origin.of(Door.LINK), Map.of("bio", ""));
        Change here = record(somebody.email(), Origin.of(Door.LINK), Map.of("bio", ""));
        assertThat(log.noticesTo(somebody.id(), somebody.email()))
                .containsExactly(here.id().toString());
    }

    @Test
    void tellsWhoeverWasMovedAwayOnceMoreAfterARestore() {
        Change moved = record(left, Origin.of(Door.LINK), Map.of("email", left.value()));
        Change bio = record(somebody.email(), Origin.of(Door.LINK), Map.of("bio", ""));
        Sql.run(context, "DELETE FROM outbox WHERE about_id = '" + bio.id() + "'");
        String first = notice(moved);
        recorded.write(somebody, written -> written.restored(clock.instant()));
        assertThat(notices(moved)).isOne();
        assertThat(notice(moved)).isNotEqualTo(first);
        assertThat(notices(bio)).isZero();
    }

    private @Nullable String passphrase(@Nullable String before) {
        Change change = recorded.write(
                somebody,
                written -> written.recordPassphrase(somebody.id(), null, Origin.of(Door.ACCOUNT_API), before));
        assertThat(change.keys()).containsExactly("passphrase");
        assertThat(change.after()).isEqualTo(Map.of("passphrase", ""));
        return change.before() == null ? null : change.before().get("passphrase");
    }

    private Change record(@Nullable EmailAddress told, Origin origin, Map<String, String> before) {
        Map<String, String> after = new HashMap<>(before);
        after.replaceAll((key, value) -> "New.");
        return recorded.record(somebody, told, origin, before, after);
    }

    private long notices(Change change) {
        return Sql.count(context, "SELECT count(*) FROM outbox WHERE about_id = '" + change.id() + "'");
    }

    private String notice(Change change) {
        return Sql.text(context, "SELECT id FROM outbox WHERE about_id = '" + change.id() + "'");
    }
}
