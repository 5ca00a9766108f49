package dev.latchkey.profile.typed;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.database.BestEffort;
import dev.latchkey.profile.ProfileField;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was typed into a form whose link had ended, for whoever typed it: it is found with the account and the secret
 * of the browser alone, and what is stored of that secret is a digest. One form for each account and browser, of a few
 * browsers of an account, and of no more text than a person types.
 */
@Singleton
public final class TypedTexts {
    /** For how long something is kept that nobody saves. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** Browsers of one account; whoever holds an old link could think of many. */
    static final int MOST_BROWSERS = 5;

    /** Characters of one form: the longest bio that can be saved, and as much again. */
    static final int MOST_CHARACTERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TypedTexts.class);

    private final TypedForms forms;
    private final AccountLock lock;
    private final TransactionOperations<Connection> transactions;
    private final KeyedDigest digests;
    private final Clock clock;

    TypedTexts(
            TypedForms forms,
            AccountLock lock,
            TransactionOperations<Connection> transactions,
            ServerSecret secret,
            Clock clock) {
        this.forms = forms;
        this.lock = lock;
        this.transactions = transactions;
        this.digests = secret.mac("typed-form");
        this.clock = clock;
    }

    /** Keeps what was typed in place of what was kept before; returns whether it is kept. */
    public boolean keep(UUID accountId, String browser, Map<ProfileField, String> texts) {
        int characters = texts.values().stream().mapToInt(String::length).sum();
        return characters <= MOST_CHARACTERS && tried(() -> put(accountId, browser, texts));
    }

    private boolean put(UUID accountId, String browser, Map<ProfileField, String> texts) {
        return transactions.executeWrite(status -> {
            if (lock.lock(accountId).filter(Account::usable).isEmpty()) {
                return false;
            }
            forms.put(id(accountId, browser), accountId, texts, clock.instant());
            forms.removeAllBut(accountId, MOST_BROWSERS);
            return true;
        });
    }

    /** What is kept for an account in a browser; empty where nothing is. */
    public Map<ProfileField, String> of(UUID accountId, String browser) {
        Instant now = clock.instant();
        return forms.findById(id(accountId, browser))
                .filter(form -> form.accountId().equals(accountId)
                        && form.typedAt().plus(KEPT).isAfter(now))
                .map(TypedForm::texts)
                .orElse(Map.of());
    }

    /** Forgets it: it was saved, or is not wanted any more. */
    public void forget(UUID accountId, String browser) {
        tried(() -> forms.remove(id(accountId, browser)) > 0);
    }

    /** What a browser may know an account by, to keep what is typed for it apart. */
    public String nameOf(UUID accountId) {
        return digests.of("account:" + accountId);
    }

    private String id(UUID accountId, String browser) {
        return digests.of("browser:" + browser + '\0' + accountId);
    }

    /** Whoever typed something still has it on the page; an answer must not fail for the sake of a copy. */
    private static boolean tried(BooleanSupplier work) {
        return BestEffort.tried(LOG, "What was typed in vain cannot be kept or forgotten just now", work);
    }
}
