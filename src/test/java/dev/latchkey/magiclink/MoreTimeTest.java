package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.Cleaning;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class MoreTimeTest {
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Database database;
    private final ApplicationContext context;
    private final MutableClock clock;
    private final OpenLinks links;
    private final Account somebody;

    MoreTimeTest(Database database) {
        this.database = database;
        context = Contexts.shared(database, Map.of("test.clock", true, "latchkey.links-per-minute", 600));
        clock = context.getBean(MutableClock.class);
        links = context.getBean(OpenLinks.class);
        somebody = People.somebody(context);
    }

    @Test
    @DisplayName("Each time a link gets 15 minutes, until it has lived for two hours")
    void growsByFifteenMinutesUpToTwoHours() {
        String token = Links.fresh(context, somebody);
        Instant began = look(token).expiresAt().minus(LIFETIME);
        for (int i = 2; i <= 8; i++) {
            assertThat(look(token).hasMoreTime()).isTrue();
            assertThat(links.prolong(look(token))).isTrue();
            assertThat(look(token).expiresAt()).isEqualTo(began.plus(LIFETIME.multipliedBy(i)));
        }
        assertThat(look(token).expiresAt()).isEqualTo(began.plus(OpenLinks.LONGEST));
        assertThat(look(token).hasMoreTime()).isFalse();
        assertThat(links.prolong(look(token))).isFalse();
        clock.advance(OpenLinks.LONGEST.minusSeconds(1));
        Inspection.Open last = look(token);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(token)).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(links.prolong(last)).isFalse();
    }

    @Test
    @DisplayName("The last bit is smaller where a lifetime does not fit into two hours")
    void fillsTheLastBit() {
        String token = Links.fresh(context, somebody);
        String tenMinutes = database == Database.SQLITE ? "600000" : "interval '10 minutes'";
        Sql.run(context, "UPDATE magic_links SET longest_until = expires_at + " + tenMinutes + mine());
        Instant end = look(token).expiresAt();
        assertThat(links.prolong(look(token))).isTrue();
        assertThat(look(token).expiresAt()).isEqualTo(end.plus(Duration.ofMinutes(10)));
        assertThat(links.prolong(look(token))).isFalse();
    }

    @Test
    @DisplayName("Status and what an owner sees of the request tell the new end, and that somebody looked")
    void isToldOfTheRequest() {
        String token = Links.fresh(context, somebody);
        links.prolong(look(token));
        Inspection.Open open = look(token);
        LinkStatusService statuses = context.getBean(LinkStatusService.class);
        clock.advance(Duration.ofMinutes(20));
        assertThat(statuses.statusOf(open.requestId(), UnknownUser.REPORT)
                        .orElseThrow()
                        .state())
                .isEqualTo(LinkState.OPENED);
        assertThat(statuses.among(somebody.id(), List.of(open.requestId()))
                        .getFirst()
                        .expiresAt())
                .isEqualTo(open.expiresAt());
        assertThat(links.of(somebody.id()).getFirst().endsAt()).isEqualTo(open.expiresAt());
        context.getBean(Cleaning.class).clean();
        assertThat(save(token)).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    @DisplayName("What ran out, was used or withdrawn since it was looked at stays so")
    void revivesNothing() {
        String expired = Links.fresh(context, somebody);
        Inspection.Open late = look(expired);
        clock.advance(LIFETIME);
        assertThat(links.prolong(late)).isFalse();
        assertThat(refusal(expired)).isEqualTo(Inspection.Reason.EXPIRED);

        String used = Links.fresh(context, somebody);
        String withdrawn = Links.fresh(context, somebody);
        Inspection.Open before = look(used);
        Inspection.Open beside = look(withdrawn);
        assertThat(save(used)).isInstanceOf(SaveOutcome.Saved.class);
        assertThat(links.prolong(before)).isFalse();
        assertThat(links.prolong(beside)).isFalse();
        assertThat(refusal(used)).isEqualTo(Inspection.Reason.USED);
        assertThat(refusal(withdrawn)).isEqualTo(Inspection.Reason.REVOKED);
    }

    @Test
    @DisplayName("Somebody who is blocked gets no more time")
    void givesTheBlockedNothing() {
        String token = Links.fresh(context, somebody);
        Inspection.Open open = look(token);
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(links.prolong(open)).isFalse();
        assertThat(refusal(token)).isEqualTo(Inspection.Reason.UNKNOWN);
    }

    @Test
    @DisplayName("A link whose mail is on its way has nothing to lengthen; one whose mail was given up has")
    void beginsWithTheMail() {
        Sql.run(context, "DELETE FROM outbox");
        String token = Links.onItsWay(context, somebody);
        Inspection.Open waiting = look(token);
        assertThat(waiting.hasMoreTime()).isTrue();
        assertThat(links.prolong(waiting)).isFalse();
        OutboxMessage mail =
                context.getBean(OutboxMessages.class).findWaiting(1).getFirst();
        MailKind kind = context.getBean(LinkMail.class);
        kind.undeliverable(mail, clock.instant());
        Instant end = look(token).expiresAt();
        assertThat(links.prolong(look(token))).isTrue();
        assertThat(look(token).expiresAt()).isEqualTo(end.plus(OpenLinks.MORE));
        kind.accepted(mail, clock.instant());
        assertThat(look(token).expiresAt()).isEqualTo(clock.instant().plus(LIFETIME));
        assertThat(look(token).longestUntil()).isEqualTo(clock.instant().plus(OpenLinks.LONGEST));
    }

    @Test
    @DisplayName("Of many that ask at once for more one is heard, and a Save among them uses the link for good")
    void hasOneWinner() throws Exception {
        String token = Links.fresh(context, somebody);
        Inspection.Open open = look(token);
        assertThat(Race.of(6, () -> links.prolong(open))).containsOnlyOnce(true);
        assertThat(look(token).expiresAt()).isEqualTo(open.expiresAt().plus(OpenLinks.MORE));

        List<Callable<Object>> racers = new ArrayList<>(Collections.nCopies(
                4, () -> inspect(token) instanceof Inspection.Open now && links.prolong(now)));
        racers.add(() -> save(token));
        assertThat(Race.of(racers).getLast()).isInstanceOf(SaveOutcome.Saved.class);
        assertThat(refusal(token)).isEqualTo(Inspection.Reason.USED);
    }

    private SaveOutcome save(String token) {
        return context.getBean(ProfileEdits.class)
                .save(token, ProfileChange.of(Map.of(ProfileField.BIO, "At " + clock.instant())));
    }

    private String mine() {
        return " WHERE account_id = '" + somebody.id() + "'";
    }

    private Inspection.Open look(String token) {
        return (Inspection.Open) inspect(token);
    }

    private Inspection.Reason refusal(String token) {
        return ((Inspection.Refused) inspect(token)).reason();
    }

    private Inspection inspect(String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }
}
