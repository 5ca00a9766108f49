package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SessionKeyServiceTest {
    private final ApplicationContext context;
    private final SessionKeyService keys;
    private final MutableClock clock;
    private final Account somebody;
    private final String email;
    private final String key;

    SessionKeyServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        keys = context.getBean(SessionKeyService.class);
        clock = context.getBean(MutableClock.class);
        Account fresh = People.somebody(context);
        somebody = fresh.withPassphraseHash("some hash");
        context.getBean(Accounts.class).updatePassphraseHash(somebody.id(), somebody.passphraseHash());
        email = somebody.email().value();
        key = keys.open(somebody, "python-requests").orElseThrow();
    }

    @Test
    void opensTheAccountThatHasTheAddressHoweverItIsTyped() {
        assertThat(keys.find(email, key)).contains(somebody);
        assertThat(keys.find(" " + email.toUpperCase(Locale.ROOT), key)).contains(somebody);
    }

    @Test
    void opensNothingWithAnotherAddressOrAnotherKey() {
        Account other = People.somebody(context);
        assertThat(keys.find(other.email().value(), key)).isEmpty();
        assertThat(keys.find("no address", key)).isEmpty();
        assertThat(keys.find(email, key + "0")).isEmpty();
    }

    @Test
    void keepsOnlyADigestOfTheKey() {
        Sessions.Session row = row();
        assertThat(row.toString()).doesNotContain(key);
        assertThat(row.kind()).isEqualTo(SessionKind.SESSION_KEY);
        assertThat(row.proof()).isEqualTo(SessionProof.PASSPHRASE);
        assertThat(row.client()).isEqualTo("python-requests");
    }

    @Test
    void endsTwelveHoursAfterItWasOpenedHoweverMuchItIsUsed() {
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(keys.find(email, key)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.find(email, key)).isEmpty();
    }

    @Test
    void notesItsUseAndLetsItsEndBe() {
        Instant end = row().expiresAt();
        clock.advance(Duration.ofMinutes(1));
        keys.find(email, key);
        assertThat(row().lastUsedAt()).isEqualTo(clock.instant());
        assertThat(row().expiresAt()).isEqualTo(end);
    }

    @Test
    void aBlockEndsIt() {
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(keys.find(email, key)).isEmpty();
    }

    @Test
    void isOverOnceItIsClosed() {
        keys.close(key);
        keys.close(key);
        assertThat(keys.find(email, key)).isEmpty();
    }

    private Sessions.Session row() {
        return context.getBean(Sessions.class).findByAccountId(somebody.id()).getFirst();
    }
}
