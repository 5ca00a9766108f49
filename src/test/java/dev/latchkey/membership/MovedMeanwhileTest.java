package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A new address is confirmed between the look at an account and its passphrase: who asks is known, wherever they moved. */
@ParameterizedClass
@EnumSource(Database.class)
class MovedMeanwhileTest {
    private static final String PASSPHRASE = "quiet harbour lantern";

    private final ApplicationContext context;
    private final Accounts accounts;
    private final MembershipService memberships;
    private final Account before;

    MovedMeanwhileTest(Database database) {
        context = Contexts.shared(database, Map.of());
        accounts = context.getBean(Accounts.class);
        memberships = context.getBean(MembershipService.class);
        before = withPassphrase(People.somebody(context), PASSPHRASE);
    }

    @BeforeEach
    void move() {
        String moved = before.email().value().replace("person", "moved");
        accounts.move(before.id(), EmailAddress.parse(moved).orElseThrow(), Instant.now(), Instant.now());
    }

    @Test
    void stillDeletes() {
        assertThat(memberships.delete(before, PASSPHRASE, null, CallerAddress.UNKNOWN))
                .isInstanceOf(PassphraseChange.Done.class);
        assertThat(accounts.findById(before.id())).isEmpty();
    }

    @Test
    void stillProves() {
        assertThat(prove(PASSPHRASE)).isInstanceOf(ProofOutcome.Proven.class);
        assertThat(prove("another harbour lantern")).isInstanceOf(ProofOutcome.NotProven.class);
    }

    private ProofOutcome prove(String passphrase) {
        return context.getBean(OwnerProofs.class).byPassphrase(before, passphrase, CallerAddress.UNKNOWN);
    }

    private Account withPassphrase(Account account, String passphrase) {
        accounts.updatePassphraseHash(
                account.id(), context.getBean(Passphrases.class).hash(passphrase));
        return accounts.findById(account.id()).orElseThrow();
    }
}
