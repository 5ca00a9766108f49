package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class PageSessionsTest {
    private final ApplicationContext context;
    private final PageSessions pages;
    private final Sessions sessions;
    private final MutableClock clock;
    private final Account somebody;
    private final String cookie;

    PageSessionsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        pages = context.getBean(PageSessions.class);
        sessions = context.getBean(Sessions.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
        cookie = pages.openByLink(somebody.id(), "Firefox · Linux").orElseThrow();
    }

    @Test
    @Asvs({"7.2.2", "7.2.3"})
    void knowsACookieAndKeepsOnlyItsDigest() {
        PageSession session = open();
        assertThat(session.account()).isEqualTo(somebody);
        assertThat(session.accountId()).isEqualTo(somebody.id());
        assertThat(cookie).hasSize(43).isNotEqualTo(session.id());
        Sessions.Session row = sessions.findById(session.id()).orElseThrow();
        assertThat(row.kind()).isEqualTo(SessionKind.PAGE);
        assertThat(row.proof()).isEqualTo(SessionProof.LINK);
        assertThat(row.client()).isEqualTo("Firefox · Linux");
        assertThat(row.createdAt()).isEqualTo(clock.instant());
        assertThat(pages.find(cookie + "x")).isEmpty();
        assertThat(pages.find("")).isEmpty();
        assertThat(pages.find(null)).isEmpty();
        assertThat(pages.find("x".repeat(100_000))).isEmpty();
    }

    @Test
    @Asvs("7.3.1")
    void endsHalfAnHourAfterItsLastUse() {
        clock.advance(Duration.ofMinutes(29));
        open();
        clock.advance(Duration.ofMinutes(29));
        open();
        clock.advance(Duration.ofMinutes(30));
        assertThat(pages.find(cookie)).isEmpty();
    }

    @Test
    @Asvs("7.3.2")
    void endsAfterTwelveHoursHoweverMuchItIsUsed() {
        for (int i = 0; i < 12 * 60 - 1; i += 20) {
            open();
            clock.advance(Duration.ofMinutes(20));
        }
        assertThat(pages.find(cookie)).isEmpty();
    }

    @Test
    void notesItsUseAtMostOnceAMinute() {
        String id = open().id();
        clock.advance(Duration.ofSeconds(59));
        open();
        assertThat(sessions.findById(id).orElseThrow().lastUsedAt())
                .isEqualTo(clock.instant().minusSeconds(59));
        clock.advance(Duration.ofSeconds(1));
        open();
        assertThat(sessions.findById(id).orElseThrow().lastUsedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aMailedLinkIsAFreshProofForAQuarterOfAnHour() {
        PageSession session = open();
        assertThat(session.provenByLink(clock.instant())).isTrue();
        assertThat(session.provenByLink(clock.instant().plus(Duration.ofMinutes(15))))
                .isFalse();
        assertThat(session.provenByLink(clock.instant().minus(Duration.ofMinutes(1))))
                .isFalse();
    }

    @Test
    void aPassphraseIsNone() {
        Account known = withPassphrase("some hash");
        PageSession session =
                pages.openByPassphrase(known, "").flatMap(pages::find).orElseThrow();
        assertThat(session.provenByLink(clock.instant())).isFalse();
        withPassphrase("another hash");
        assertThat(pages.openByPassphrase(known, "")).isEmpty();
    }

    @Test
    void aBlockEndsItAndOpensNoOther() {
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(pages.find(cookie)).isEmpty();
        assertThat(pages.openByLink(somebody.id(), "")).isEmpty();
    }

    @Test
    void isOverOnceItIsClosed() {
        pages.close(cookie);
        pages.close(cookie);
        pages.close(null);
        assertThat(pages.find(cookie)).isEmpty();
    }

    @Test
    void knowsItsOwnFormsAndNoOthers() {
        PageSession session = open();
        PageSession other =
                pages.openByLink(somebody.id(), "").flatMap(pages::find).orElseThrow();
        assertThat(pages.isOwnForm(session, session.csrf())).isTrue();
        assertThat(pages.isOwnForm(session, open().csrf())).isTrue();
        assertThat(pages.isOwnForm(session, other.csrf())).isFalse();
        assertThat(pages.isOwnForm(session, "")).isFalse();
        assertThat(pages.isOwnForm(session, null)).isFalse();
        assertThat(pages.isOwnForm(session, session.id())).isFalse();
    }

    @Test
    void putsNothingIntoALogThatOpensIt() {
        assertThat(open()).hasToString("a page session");
    }

    private Account withPassphrase(String hash) {
        context.getBean(Accounts.class).updatePassphraseHash(somebody.id(), hash);
        return somebody.withPassphraseHash(hash);
    }

    private PageSession open() {
        return pages.find(cookie).orElseThrow();
    }
}
