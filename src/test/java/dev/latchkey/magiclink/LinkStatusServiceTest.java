package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkStatusServiceTest {
    private static final UUID LAST = new UUID(-1, -1);
    private static final int ALL = 100;
    private static final Caller CALLER = Caller.page(new CallerAddress("192.0.2.77"));

    // Of its own: it lists what everybody asked for.
    private final ApplicationContext context = Contexts.shared(
            Database.SQLITE,
            Map.of("test.clock", true, "latchkey.links-per-minute", 50, "latchkey.links-per-hour", 50));
    private final LinkStatusService statuses = context.getBean(LinkStatusService.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final Account somebody = People.somebody(context);

    @Test
    void tellsThatAMailCameBackToWhomThatIsNoSecret() {
        UUID sent = sent();
        mailComesBack();
        assertThat(state(sent)).isEqualTo(LinkState.UNDELIVERABLE);
        assertThat(statuses.statusOf(sent, UnknownUser.CONCEAL).orElseThrow().state())
                .isEqualTo(LinkState.SENT);
        assertThat(statuses.among(somebody.id(), List.of(sent)))
                .extracting(Asked::state)
                .containsExactly(LinkState.UNDELIVERABLE);
    }

    @Test
    void tellsThatTheMailWasSentThatTriesAMailboxAnew() {
        mailComesBack();
        clock.advance(Duration.ofSeconds(1));
        UUID trial = ((Accepted) context.getBean(LinkRequestService.class).tryMailbox(somebody, CALLER)).requestId();
        assertThat(state(trial)).isEqualTo(LinkState.QUEUED);
        context.getBean(LinkMail.class).accepted(MailAbout.request(context, LinkMail.TRIAL, trial), clock.instant());
        assertThat(state(trial)).isEqualTo(LinkState.SENT);
    }

    @Test
    void aBlockRevokesWhatIsOpen() {
        UUID sent = sent();
        UUID opened = opened();
        UUID undeliverable = asked();
        context.getBean(LinkMail.class)
                .undeliverable(MailAbout.request(context, LinkMail.EDIT, undeliverable), clock.instant());
        block();
        assertThat(List.of(sent, opened, undeliverable))
                .allSatisfy(request -> assertThat(state(request)).isEqualTo(LinkState.REVOKED));
    }

    @Test
    void aBlockRevokesNeitherWhatWasUsedNorWhatIsStillToBeDropped() {
        UUID saved = sent();
        context.getBean(UsedLink.class).use(look(saved));
        UUID queued = asked();
        block();
        assertThat(state(saved)).isEqualTo(LinkState.SAVED);
        assertThat(state(queued)).isEqualTo(LinkState.QUEUED);
    }

    @Test
    void tellsWhichFieldsWereSaved() {
        UUID saved = sent();
        context.getBean(UsedLink.class).use(look(saved));
        assertThat(statuses.statusOf(saved, UnknownUser.REPORT).orElseThrow().changed())
                .containsExactly("bio");
    }

    @Test
    void notesThatSomebodyLooked() {
        UUID request = sent();
        statuses.noteOpened(look(request));
        assertThat(state(request)).isEqualTo(LinkState.OPENED);
        assertThat(look(request).untouched()).isFalse();
    }

    @Test
    void listsWhatEverybodyAskedForNewestFirst() {
        UUID first = sent();
        UUID second = ask(People.somebody(context));
        UUID third = opened();
        assertThat(ids(statuses.newest(null, null, null, 2))).containsExactly(third, second);
        assertThat(ids(statuses.newest(null, null, second, 1))).containsExactly(first);
        assertThat(ids(statuses.newest(null, LinkState.OPENED, null, 1))).containsExactly(third);
        assertThat(ids(statuses.newest(null, LinkState.QUEUED, null, ALL)))
                .contains(second)
                .doesNotContain(first, third);
    }

    @Test
    void listsWhatMailedToOneAccount() {
        UUID first = sent();
        ask(People.somebody(context));
        UUID second = opened();
        assertThat(ids(statuses.newest(somebody.id(), null, null, ALL))).containsExactly(second, first);
        assertThat(ids(statuses.newest(somebody.id(), null, second, ALL))).containsExactly(first);
        assertThat(statuses.newest(somebody.id(), LinkState.OPENED, null, ALL))
                .extracting(Asked::id, Asked::state)
                .containsExactly(tuple(second, LinkState.OPENED));
        clock.advance(Duration.ofMinutes(15));
        assertThat(ids(statuses.newest(somebody.id(), LinkState.EXPIRED, null, ALL)))
                .containsExactly(second, first);
    }

    @Test
    void listsForAnOwnerWhatWasAskedForBeforeSomeMoment() {
        UUID first = sent();
        Instant then = clock.instant();
        clock.advance(Duration.ofMinutes(5));
        UUID second = sent();
        assertThat(ids(statuses.newestOf(somebody.id(), clock.instant(), LAST, ALL)))
                .containsExactly(second, first);
        assertThat(ids(statuses.newestOf(somebody.id(), then, LAST, ALL))).containsExactly(first);
        assertThat(ids(statuses.newestOf(somebody.id(), then, first, ALL))).isEmpty();
    }

    @Test
    void listsEverythingBeforeAMomentThatIsFarAhead() {
        UUID request = sent();
        assertThat(ids(statuses.newestOf(somebody.id(), Instant.parse("9999-12-31T23:59:59Z"), LAST, ALL)))
                .containsExactly(request);
    }

    @Test
    void listsNothingBeforeAMomentThatIsForgotten() {
        sent();
        Instant forgotten = clock.instant().minus(LinkRequests.KEPT).minus(Duration.ofHours(1));
        assertThat(statuses.newestOf(somebody.id(), forgotten, LAST, ALL)).isEmpty();
    }

    private UUID asked() {
        return ask(somebody);
    }

    private UUID ask(Account account) {
        return ((Accepted) context.getBean(LinkRequestService.class)
                        .request(
                                new Subject.ByEmail(account.email()),
                                new Caller(UUID.randomUUID().toString(), null, null)))
                .requestId();
    }

    private UUID sent() {
        UUID request = asked();
        Links.arrived(context, request);
        return request;
    }

    private UUID opened() {
        UUID request = sent();
        statuses.noteOpened(look(request));
        return request;
    }

    private Inspection.Open look(UUID request) {
        String id = context.getBean(LinkInspector.class)
                .linkOf(request, LinkPurpose.EDIT_PROFILE)
                .orElseThrow();
        String token = context.getBean(LinkTokens.class).mint(id, LinkPurpose.EDIT_PROFILE);
        return (Inspection.Open) context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private void mailComesBack() {
        Instant now = clock.instant();
        context.getBean(Accounts.class).markUndeliverable(somebody.id(), Undeliverable.BOUNCE, now, now);
    }

    private void block() {
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
    }

    private LinkState state(UUID request) {
        return statuses.statusOf(request, UnknownUser.REPORT).orElseThrow().state();
    }

    private static List<UUID> ids(List<Asked> asked) {
        return asked.stream().map(Asked::id).toList();
    }
}
