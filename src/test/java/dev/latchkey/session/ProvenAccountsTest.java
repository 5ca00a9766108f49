package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import dev.latchkey.support.StatementCount;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ProvenAccountsTest {
    private final ApplicationContext context;
    private final Accounts accounts;
    private final MutableClock clock;
    private final Account somebody;

    ProvenAccountsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        accounts = context.getBean(Accounts.class);
        clock = context.getBean(MutableClock.class);
        somebody = withPassphrase(context);
    }

    @Test
    void isTheAccountAsItIsByNow() {
        accounts.letAssistantsAsk(somebody.id(), false);
        assertThat(still(context, somebody)).isEqualTo(accounts.findById(somebody.id()));
    }

    @Test
    void isNobodyOnceThePassphraseWasChangedOrTheAccountIsBlocked() {
        accounts.updatePassphraseHash(somebody.id(), "another hash");
        assertThat(still(context, somebody)).isEmpty();
        accounts.updatePassphraseHash(somebody.id(), somebody.passphraseHash());
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(still(context, somebody)).isEmpty();
    }

    @Test
    void isNobodyWhereThereIsNoPassphraseToBeRight() {
        assertThat(still(context, People.somebody(context))).isEmpty();
    }

    @Test
    void keepsAnAccountInUseThatNobodyConfirmed() {
        Instant signedUp = clock.instant();
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        accounts.markUnconfirmed(somebody.id(), signedUp);
        clock.advance(Duration.ofDays(6));
        assertThat(still(context, somebody)).isPresent();
        assertThat(accounts.countUnconfirmed(somebody.id(), clock.instant())).isZero();
        assertThat(accounts.countUnconfirmed(somebody.id(), clock.instant().plusSeconds(1)))
                .isOne();
    }

    @Test
    void costsOneLookWhereTheMailboxIsProved() {
        ApplicationContext counted = Contexts.shared(Database.SQLITE, Map.of("test.statement-count", true));
        Account owner = withPassphrase(counted);
        StatementCount count = counted.getBean(StatementCount.class);
        int before = count.statements();
        assertThat(still(counted, owner)).contains(owner);
        assertThat(count.statements() - before).isOne();
    }

    private static Account withPassphrase(ApplicationContext context) {
        Account account = People.somebody(context).withPassphraseHash("some hash");
        context.getBean(Accounts.class).updatePassphraseHash(account.id(), account.passphraseHash());
        return account;
    }

    private static Optional<Account> still(ApplicationContext context, Account verified) {
        return context.getBean(new GenericArgument<TransactionOperations<Connection>>() {})
                .executeWrite(status -> context.getBean(ProvenAccounts.class).still(verified));
    }
}
