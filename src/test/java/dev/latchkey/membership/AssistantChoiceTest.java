package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AssistantChoiceTest {
    private static final Caller ASSISTANT = new Caller("key", null, null);

    private final ApplicationContext context;
    private final LinkRequestService links;
    private final AssistantChoice choice;
    private final Account somebody;
    private final PageSession session;

    AssistantChoiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        links = context.getBean(LinkRequestService.class);
        choice = context.getBean(AssistantChoice.class);
        somebody = People.somebody(context);
        PageSessions pages = context.getBean(PageSessions.class);
        session = pages.openByLink(somebody.id(), "").flatMap(pages::find).orElseThrow();
    }

    @Test
    void isAskedFirstLikeABlock() {
        Subject subject = new Subject.ByEmail(somebody.email());
        choice.choose(session, false);
        assertThat(links.request(subject, ASSISTANT)).isEqualTo(new InitOutcome.AccountBlocked());
        LinkOutcome.Accepted decoy = (LinkOutcome.Accepted) links.requestConcealed(subject, ASSISTANT);
        assertThat(ownersOf(decoy)).isZero();
        context.getBean(MutableClock.class).advance(Duration.ofSeconds(61));
        LinkOutcome.Accepted own =
                (LinkOutcome.Accepted) links.requestConcealed(subject, Caller.page(new CallerAddress("192.0.2.9")));
        assertThat(ownersOf(own)).isEqualTo(1);
    }

    @Test
    void comesBackWithAnUndo() {
        choice.choose(session, false);
        choice.choose(session, false);
        assertThat(changes()).isEqualTo(1);
        UUID change = UUID.fromString(Sql.text(
                context,
                "SELECT id FROM changes WHERE fields = 'assistants' AND account_id = '" + somebody.id() + "'"));
        assertThat(context.getBean(UndoService.class).undoChange(somebody.id(), change))
                .isInstanceOf(UndoOutcome.Undone.class);
        assertThat(context.getBean(Accounts.class)
                        .findById(somebody.id())
                        .orElseThrow()
                        .assistants())
                .isTrue();
    }

    @Test
    void isNotThatOfASessionThatWasEnded() {
        context.getBean(Sessions.class).remove(session.id());
        choice.choose(session, false);
        assertThat(changes()).isZero();
    }

    private long changes() {
        return Sql.count(
                context,
                "SELECT count(*) FROM changes WHERE fields = 'assistants' AND account_id = '" + somebody.id() + "'");
    }

    private long ownersOf(LinkOutcome.Accepted link) {
        return Sql.count(
                context,
                "SELECT count(*) FROM link_requests WHERE account_id IS NOT NULL AND id = '" + link.requestId() + "'");
    }
}
