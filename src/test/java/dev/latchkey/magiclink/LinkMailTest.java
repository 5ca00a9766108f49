package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkMailTest {
    private static final Caller PAGE = Caller.page(new CallerAddress("192.0.2.83"));

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final LinkMail kind = context.getBean(LinkMail.class);
    private final Account somebody = People.somebody(context);

    @Test
    void goesToTheOwnerInTheWordsOfItsKind() {
        MailContent.Message mail = (MailContent.Message) written(asked(PAGE), LinkMail.EDIT);
        assertThat(mail.to()).isEqualTo(somebody.email().value());
        assertThat(mail.wording()).isEqualTo("edit-link");
    }

    @Test
    void saysThroughWhichDoorItWasAskedForWhereNobodyIsNamed() {
        MailContent.Message mail = (MailContent.Message) written(asked(PAGE), LinkMail.EDIT);
        assertThat(mail.model()).containsEntry("by", List.of("page")).containsEntry("who", "");
    }

    @Test
    void namesTheAssistantThatAskedForIt() {
        UUID asked = asked(Caller.action("mail", "Support Bot", null, null));
        MailContent.Message mail = (MailContent.Message) written(asked, LinkMail.EDIT);
        assertThat(mail.model()).containsEntry("by", List.of("action-named")).containsEntry("who", "Support Bot");
    }

    @Test
    void isWrittenLikeAnyWhereItIsNobodysAndLeavesForNobody() {
        UUID decoy = idOf(service.requestConcealed(nobody(), PAGE));
        MailContent.Message like = ((MailContent.Decoy) written(decoy, LinkMail.EDIT)).like();
        assertThat(like.to()).endsWith(".invalid");
        assertThat(like.wording()).isEqualTo("edit-link");
        assertThat(kind.recipient(MailAbout.request(context, LinkMail.EDIT, decoy)))
                .isEmpty();
    }

    @Test
    void isWithheldFromAnAddressThatNoMailGoesTo() {
        UUID asked = asked(PAGE);
        mailComesBack();
        MailContent.Withheld mail = (MailContent.Withheld) written(asked, LinkMail.EDIT);
        assertThat(mail.like().to()).isEqualTo(somebody.email().value());
    }

    @Test
    void leavesInTheWordsOfAConfirmationWhereItTriesSuchAnAddressAnew() {
        mailComesBack();
        UUID trial = idOf(service.tryMailbox(somebody, PAGE));
        MailContent.Message mail = (MailContent.Message) written(trial, LinkMail.TRIAL);
        assertThat(mail.to()).isEqualTo(somebody.email().value());
        assertThat(mail.wording()).isEqualTo("confirm-link");
    }

    @Test
    void saysWhatIsKeptBesideItsLinkAndStaysIfThatIsGone() {
        Accepted asked =
                (Accepted) service.requestAuthorization(new Subject.ByEmail(somebody.email()), PAGE, link -> {});
        assertThat(composed(asked.requestId(), LinkMail.AUTHORIZE)).isEmpty();
        Sql.run(
                context,
                "INSERT INTO authorization_requests (link_id, client, query, tries) VALUES ('" + asked.linkId()
                        + "', 'assistant.example', 'q', 0)");
        MailContent.Message mail = (MailContent.Message) written(asked.requestId(), LinkMail.AUTHORIZE);
        assertThat(mail.model()).containsEntry("client", "assistant.example").containsKey("link");
    }

    @Test
    void isToldOperatorsByTheAddressThatItGoesToAndTheRequestThatItAnswers() {
        UUID asked = asked(PAGE);
        OutboxMessage mail = MailAbout.request(context, LinkMail.EDIT, asked);
        assertThat(kind.recipient(mail)).contains(somebody.email().value());
        assertThat(kind.requestOf(mail)).contains(asked.toString());
    }

    @Test
    void isCountedByItsKindUnlessThatTellsWhetherAnAddressWasTaken() {
        assertThat(List.of(LinkMail.EDIT, LinkMail.SIGN_IN, LinkMail.AUTHORIZE, LinkMail.TRIAL))
                .allSatisfy(name -> assertThat(kind.metric(name)).isEqualTo(name));
        assertThat(List.of(LinkMail.CONFIRM, LinkMail.REGISTRATION, LinkMail.ACCOUNT_EXISTS))
                .allSatisfy(name -> assertThat(kind.metric(name)).isEqualTo("sign-up"));
    }

    private UUID asked(Caller caller) {
        return idOf(service.request(new Subject.ByEmail(somebody.email()), caller));
    }

    private static UUID idOf(InitOutcome outcome) {
        return ((Accepted) outcome).requestId();
    }

    private MailContent written(UUID request, String name) {
        return composed(request, name).orElseThrow();
    }

    private Optional<MailContent> composed(UUID request, String name) {
        return kind.compose(MailAbout.request(context, name, request));
    }

    private void mailComesBack() {
        Instant now = context.getBean(MutableClock.class).instant();
        context.getBean(Accounts.class).markUndeliverable(somebody.id(), Undeliverable.BOUNCE, now, now);
    }

    private static Subject nobody() {
        return new Subject.ByEmail(
                EmailAddress.parse(UUID.randomUUID() + "@nobody.example").orElseThrow());
    }
}
