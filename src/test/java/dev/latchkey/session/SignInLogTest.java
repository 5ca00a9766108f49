package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.WeakHashes;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator reads of those who could not sign in. */
final class SignInLogTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final CallerAddress HERE = new CallerAddress("192.0.2.9");

    private final Logger logger = (Logger) LoggerFactory.getLogger(SignInService.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final SignInService signIns = context.getBean(SignInService.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
    }

    @Test
    void tellsAWrongPassphraseFromOneThatIsOfNoUse() {
        Account owner = People.somebody(context);
        Account blocked = People.somebody(context, AccountStatus.BLOCKED);
        context.getBean(Accounts.class).updatePassphraseHash(blocked.id(), WeakHashes.of(PASSPHRASE));

        signIns.check(owner.email().value(), PASSPHRASE, HERE);
        signIns.check(blocked.email().value(), PASSPHRASE, HERE);
        signIns.check("nobody@example.org", PASSPHRASE, HERE);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "A passphrase was wrong for account " + owner.id(),
                        "A passphrase was of no use for account " + blocked.id(),
                        "A passphrase was wrong for nobody");
    }
}
