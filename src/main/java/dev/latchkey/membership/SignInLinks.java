package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.SignInService;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs in, on the pages, whoever holds a link for it that was mailed to the account. */
@Singleton
public final class SignInLinks {
    private final LinkInspector inspector;
    private final AccountLock lock;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final PageSessions sessions;
    private final SignInService signIns;
    private final Commits commits;
    private final Clock clock;

    SignInLinks(
            LinkInspector inspector,
            AccountLock lock,
            LinkClaims claims,
            MailboxProofs proofs,
            PageSessions sessions,
            SignInService signIns,
            Commits commits,
            Clock clock) {
        this.inspector = inspector;
        this.lock = lock;
        this.claims = claims;
        this.proofs = proofs;
        this.sessions = sessions;
        this.signIns = signIns;
        this.commits = commits;
        this.clock = clock;
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    public Inspection look(String token, LinkPurpose purpose) {
        return inspector.inspect(token, purpose);
    }

    /**
     * Signs in, and consumes the token with it: the link, the proof of the mailbox and the session, all or nothing.
     *
     * @param purpose one of those that sign in
     * @param keep whether the owner says that the passphrase in use is theirs; matters only at the first proof
     * @param client as {@link dev.latchkey.session.ClientName} has it
     * @param caller from where; only a help for signing in later
     */
    public Used use(String token, LinkPurpose purpose, boolean keep, String client, CallerAddress caller) {
        return switch (look(token, purpose)) {
            case Inspection.Refused refused -> new Used.Refused(refused);
            case Inspection.Open open -> {
                String kept = keep ? open.account().passphraseHash() : null;
                Optional<String> cookie = write(open, purpose, kept, client);
                if (cookie.isEmpty()) {
                    // Another request with the same token was faster, or the account is gone.
                    yield new Used.Refused(
                            look(token, purpose) instanceof Inspection.Refused refused
                                    ? refused
                                    : Inspection.Refused.unknown());
                }
                signIns.noteProof(open.account().email(), caller);
                yield new Used.SignedIn(cookie.get());
            }
        };
    }

    private Optional<String> write(Inspection.Open link, LinkPurpose purpose, @Nullable String kept, String client) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> {
                    Optional<Account> usable = lock.lock(link.accountId()).filter(Account::usable);
                    if (usable.isEmpty() || !claims.claim(link)) {
                        return Optional.empty();
                    }
                    Account account = usable.get();
                    proofs.record(account, null, kept != null && kept.equals(account.passphraseHash()));
                    claims.finish(link, purpose, List.of(), now);
                    return sessions.openByLink(account.id(), client);
                },
                cookie -> lock.lock(link.accountId()).isPresent() && claims.endedAt(link, now));
    }

    /** What using a link can lead to. */
    public sealed interface Used {

        /**
         * Somebody is signed in, and the link is gone.
         *
         * @param cookie the value that their browser is to keep
         */
        record SignedIn(String cookie) implements Used {
            @Override
            public String toString() {
                return "signed in";
            }
        }

        /** The link opens nothing, or somebody else was faster. */
        record Refused(Inspection.Refused refusal) implements Used {}
    }
}
