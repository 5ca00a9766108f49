package dev.latchkey.oauth.authorization;

import dev.latchkey.account.AccountLock;
import dev.latchkey.account.SteadyTime;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.oauth.authorization.PendingSignIns.PendingSignIn;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mails whoever is to answer an assistant a link and a code, and finds by either what the assistant asks for. Who has an
 * account shows nowhere: a code for nobody is looked for like any, and ends after as many tries.
 */
@Singleton
public final class AuthorizationSignIns {
    /** With 40 bits to guess, and as many links an hour as limits let go. */
    static final int MOST_TRIES = 5;

    private static final LinkPurpose PURPOSE = LinkPurpose.AUTHORIZE;

    private final LinkRequestService links;
    private final LinkInspector inspector;
    private final LinkTokens tokens;
    private final LinkClaims claims;
    private final AccountLock lock;
    private final PendingSignIns pending;
    private final TypedCodes codes;
    private final TransactionOperations<Connection> transactions;
    private final SteadyTime steady;

    AuthorizationSignIns(
            LinkRequestService links,
            LinkInspector inspector,
            LinkTokens tokens,
            LinkClaims claims,
            AccountLock lock,
            PendingSignIns pending,
            TypedCodes codes,
            TransactionOperations<Connection> transactions,
            SteadyTime steady) {
        this.links = links;
        this.inspector = inspector;
        this.tokens = tokens;
        this.claims = claims;
        this.lock = lock;
        this.pending = pending;
        this.codes = codes;
        this.transactions = transactions;
        this.steady = steady;
    }

    /**
     * Asks for a mail; the answer is the same whether or not there is an account.
     *
     * @param client host of the assistant that asks; absent for an app on the person's own device
     * @param query of the address at which it asks
     */
    public LinkOutcome mail(Subject subject, Caller caller, @Nullable String client, String query) {
        return links.requestAuthorization(
                subject, caller, link -> pending.save(new PendingSignIn(link, client, query, 0)));
    }

    /** What waits for the link with this token; empty when nothing does any more. */
    public Optional<Waiting> waitingFor(String token) {
        return tokens.linkIdOf(token, PURPOSE)
                .flatMap(pending::findById)
                .map(found -> new Waiting(found.client(), found.query()));
    }

    /**
     * Looks whether somebody typed the code of the mail that was asked for with a request.
     *
     * @param query of the address at which they typed it
     */
    public Guess guess(UUID requestId, String query, String typed) {
        return steady.answer(() -> inspector
                .linkOf(requestId, PURPOSE)
                .flatMap(link -> guess(requestId, link, query, typed))
                .orElseGet(Guess.Ended::new));
    }

    /** Empty when no code works any more. */
    private Optional<Guess> guess(UUID requestId, String link, String query, String typed) {
        // Counted before it is looked at: however many are typed at once, no more than these get an answer.
        Optional<Integer> tries = transactions.executeWrite(status -> pending.countTry(link, query, MOST_TRIES) == 1
                ? pending.findById(link).map(PendingSignIn::tries)
                : Optional.empty());
        if (tries.isEmpty()) {
            return Optional.empty();
        }
        if (codes.matches(link, typed)) {
            return Optional.of(new Guess.Right(tokens.mint(link, PURPOSE)));
        }
        if (tries.get() < MOST_TRIES) {
            return Optional.of(new Guess.Wrong(MOST_TRIES - tries.get()));
        }
        end(requestId, link);
        return Optional.empty();
    }

    /** A transaction of its own, as the account comes before all that is its. */
    private void end(UUID requestId, String link) {
        Optional<UUID> owner = inspector.ownerOf(tokens.mint(link, PURPOSE), PURPOSE);
        transactions.executeWrite(status -> {
            owner.ifPresent(lock::lock);
            claims.withdraw(requestId);
            return requestId;
        });
    }

    /**
     * What an assistant asks for.
     *
     * @param client its host; absent for an app on the person's own device
     * @param query of the address at which it asks
     */
    public record Waiting(@Nullable String client, String query) {}

    /** What a typed code turns out to be. */
    public sealed interface Guess {

        /**
         * The code of the mail; it signs in as the link does, if that still opens something.
         *
         * @param token of the link
         */
        record Right(String token) implements Guess {
            @Override
            public String toString() {
                return "the right code";
            }
        }

        /**
         * Another.
         *
         * @param left how many more may be tried
         */
        record Wrong(int left) implements Guess {}

        /** No code works any more: too many were tried, the link was used or ran out, or nobody asked for it here. */
        record Ended() implements Guess {}
    }
}
