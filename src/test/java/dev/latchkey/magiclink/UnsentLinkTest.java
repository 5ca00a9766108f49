package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.Cleaning;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxOperations;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail server that refuses a mail has read it, so the link in it must end as well. */
@ParameterizedClass
@EnumSource(Database.class)
class UnsentLinkTest {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    private final ApplicationContext context;
    private final MutableClock clock;
    private final MailKind kind;
    private final OutboxOperations operations;
    private OutboxMessage mail;

    UnsentLinkTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true, "test.unsent", true));
        clock = context.getBean(MutableClock.class);
        operations = context.getBean(OutboxOperations.class);
        kind = context.getBean(LinkMail.class);
    }

    @BeforeEach
    void ask() {
        Sql.run(context, "DELETE FROM outbox");
        Account somebody = People.somebody(context);
        context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(somebody.email()), new Caller("test", null, null));
        mail = context.getBean(OutboxMessages.class).findWaiting(1).getFirst();
    }

    @Test
    void endsOneLifetimeAfterItsMailWasGivenUp() {
        String token = token();
        clock.advance(Duration.ofHours(3));
        kind.undeliverable(mail, clock.instant());

        assertThat(((Inspection.Open) inspect(token)).expiresAt())
                .isEqualTo(clock.instant().plus(LIFETIME));
        clock.advance(LIFETIME.minusSeconds(1));
        Inspection.Open open = (Inspection.Open) inspect(token);
        clock.advance(Duration.ofSeconds(1));
        Inspection.Refused dead = (Inspection.Refused) inspect(token);
        assertThat(dead.reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(dead.issued()).as("a fresh one can be asked for").isTrue();
        assertThat(dead.since()).isEqualTo(clock.instant());
        assertThat(claims(open)).isFalse();
        assertThat(state()).isEqualTo(LinkState.UNDELIVERABLE);
    }

    @Test
    void endsEvenWhenItsMailIsNeitherAcceptedNorGivenUp() {
        String token = token();
        clock.advance(GIVE_UP_AFTER.plus(LIFETIME).minusSeconds(1));
        Inspection.Open open = (Inspection.Open) inspect(token);
        assertThat(open.expiresAt()).isEqualTo(clock.instant().plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(inspect(token)).isInstanceOf(Inspection.Refused.class);
        assertThat(claims(open)).isFalse();
    }

    @Test
    void isMintedAnewWhenItsMailWaitedTooLong() {
        String before = token();
        clock.advance(GIVE_UP_AFTER.plus(LIFETIME));
        assertThat(kind.compose(mail)).containsInstanceOf(MailContent.Outdated.class);

        renew();
        assertThat(token()).isNotEqualTo(before);
        assertThat(inspect(before)).isInstanceOf(Inspection.Refused.class);
        assertThat(inspect(token())).isInstanceOf(Inspection.Open.class);
    }

    @Test
    void isMintedAnewWhenAnOperatorSendsItsMailAgain() {
        String before = token();
        String draft = "INSERT INTO proposals (link_id, texts) SELECT id, '{}' FROM magic_links WHERE request_id = '";
        Sql.run(context, draft + mail.aboutId() + "'");
        park();
        clock.advance(Duration.ofDays(3));
        context.getBean(Cleaning.class).clean();

        assertThat(operations.retry(List.of(mail.id()))).isEqualTo(1);

        assertThat(state()).isEqualTo(LinkState.QUEUED);
        String after = token();
        assertThat(after).isNotEqualTo(before);
        assertThat(inspect(before)).isInstanceOf(Inspection.Refused.class);
        assertThat(inspect(after)).isInstanceOf(Inspection.Open.class);
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM proposals JOIN magic_links ON id = link_id WHERE request_id = '"
                                + mail.aboutId() + "'"))
                .as("what was proposed goes with it")
                .isOne();

        Instant accepted = clock.instant();
        kind.accepted(mail, accepted);
        assertThat(state()).isEqualTo(LinkState.SENT);
        assertThat(((Inspection.Open) inspect(after)).expiresAt()).isEqualTo(accepted.plus(LIFETIME));
    }

    @Test
    void isMintedAnewForAllThatAreSentAgainAtOnce() {
        String before = token();
        park();
        assertThat(operations.retryAll()).isEqualTo(1);
        assertThat(inspect(before)).isInstanceOf(Inspection.Refused.class);
        assertThat(inspect(token())).isInstanceOf(Inspection.Open.class);
    }

    @Test
    void isNotMintedAnewForARequestThatEndedMeanwhile() {
        Inspection.Open open = (Inspection.Open) inspect(token());
        park();
        context.getBean(UsedLink.class).use(open);
        operations.retryAll();
        assertThat(kind.compose(mail)).as("nothing to send any more").isEmpty();
        assertThat(state()).isEqualTo(LinkState.SAVED);
    }

    @Test
    void whereAccountsAreConcealedBeingSentAgainDoesNotShow() {
        park();
        operations.retryAll();
        assertThat(concealedState()).isEqualTo(LinkState.SENT);
        clock.advance(LIFETIME);
        assertThat(concealedState()).isEqualTo(LinkState.EXPIRED);
    }

    private void park() {
        kind.undeliverable(mail, clock.instant());
        Sql.run(context, "UPDATE outbox SET state = 'parked' WHERE id = '" + mail.id() + "'");
    }

    private void renew() {
        kind.renew(mail, clock.instant());
    }

    private boolean claims(Inspection.Open link) {
        return context.getBean(UsedLink.class).use(link);
    }

    private Inspection inspect(String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private String token() {
        MailContent.Message content = (MailContent.Message) kind.compose(mail).orElseThrow();
        String link = String.valueOf(content.model().get("link"));
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private LinkState state() {
        return state(UnknownUser.REPORT);
    }

    private LinkState concealedState() {
        return state(UnknownUser.CONCEAL);
    }

    private LinkState state(UnknownUser whenUnknown) {
        return context.getBean(LinkStatusService.class)
                .statusOf(UUID.fromString(mail.aboutId()), whenUnknown)
                .orElseThrow()
                .state();
    }
}
