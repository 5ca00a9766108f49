package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Origin;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PassphraseRules;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.Profiles;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proves mailboxes: asks for the link, looks at what it opens, and confirms once. */
@Singleton
public final class ConfirmationService {
    private static final LinkPurpose PURPOSE = LinkPurpose.CONFIRM_EMAIL;

    private final LinkInspector inspector;
    private final LinkRequestService links;
    private final OwnProfiles owners;
    private final Profiles profiles;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final AccountLock lock;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final ChangeLog changes;
    private final Commits commits;
    private final Clock clock;

    ConfirmationService(
            LinkInspector inspector,
            LinkRequestService links,
            OwnProfiles owners,
            Profiles profiles,
            PassphraseRules rules,
            Passphrases passphrases,
            AccountLock lock,
            LinkClaims claims,
            MailboxProofs proofs,
            ChangeLog changes,
            Commits commits,
            Clock clock) {
        this.inspector = inspector;
        this.links = links;
        this.owners = owners;
        this.profiles = profiles;
        this.rules = rules;
        this.passphrases = passphrases;
        this.lock = lock;
        this.claims = claims;
        this.proofs = proofs;
        this.changes = changes;
        this.commits = commits;
        this.clock = clock;
    }

    /** Mails a link that confirms the address; empty when it is confirmed already, and mail goes there. */
    public Optional<LinkOutcome> request(Account account, CallerAddress caller) {
        if (account.undeliverable()) {
            return Optional.of(tryMailbox(account, Caller.accountApi(caller)));
        }
        return account.verified()
                ? Optional.empty()
                : Optional.of(links.confirm(account, PURPOSE, Caller.accountApi(caller), UnknownUser.REPORT));
    }

    /** Mails the one link that goes to an address to which no other mail goes: its owner asks for it by hand. */
    public LinkOutcome tryMailbox(Account account, Caller caller) {
        return links.tryMailbox(account, caller);
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    public ConfirmationOutcome look(String token) {
        return switch (inspector.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new ConfirmationOutcome.LinkRefused(refused);
            case Inspection.Open open -> new ConfirmationOutcome.Opened(open, profiles.viewOf(open.account()));
        };
    }

    /** Whose link this is or was; empty when it was never issued, or its history is forgotten. */
    public Optional<ProfileView> ownerOf(String token) {
        return inspector.ownerOf(token, PURPOSE).flatMap(owners::find);
    }

    /**
     * Confirms the address, and consumes the token with it.
     *
     * @param passphrase a new one, or the one in use, which keeps it; absent when none was typed
     * @param keep whether the owner says that the passphrase in use is theirs
     */
    public ConfirmationOutcome confirm(String token, @Nullable String passphrase, boolean keep) {
        return switch (inspector.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new ConfirmationOutcome.LinkRefused(refused);
            case Inspection.Open open -> confirm(open, token, passphrase, keep);
        };
    }

    private ConfirmationOutcome confirm(Inspection.Open link, String token, @Nullable String passphrase, boolean keep) {
        Account account = link.account();
        String owner = account.id().toString();
        String inUse = account.passphraseHash();
        String hash = null;
        String kept = keep ? inUse : null;
        if (passphrase != null) {
            if (inUse != null && passphrases.matches(passphrase, inUse, owner)) {
                kept = inUse;
            } else {
                Optional<InvalidField> weak = rules.check(passphrase, account.email());
                if (weak.isPresent()) {
                    return new ConfirmationOutcome.InvalidPassphrase(link, profiles.viewOf(account), weak.get());
                }
                hash = passphrases.hash(passphrase, owner);
            }
        }
        return write(link, hash, kept) ? new ConfirmationOutcome.Confirmed(account.id(), account.email()) : look(token);
    }

    /**
     * Token, proof and passphrase, all or nothing.
     *
     * @param kept the stored hash that the owner said is theirs
     * @return false when the link was gone, or the account is gone or blocked; nothing was written
     */
    private boolean write(Inspection.Open link, @Nullable String hash, @Nullable String kept) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> {
                    Optional<Account> usable = lock.lock(link.accountId()).filter(Account::usable);
                    if (usable.isEmpty() || !claims.claim(link)) {
                        return false;
                    }
                    Account account = usable.get();
                    proofs.record(account, hash, kept != null && kept.equals(account.passphraseHash()));
                    if (hash != null) {
                        // One that somebody chose before anybody proved the mailbox is not to come back.
                        changes.recordPassphrase(
                                account.id(),
                                account.email(),
                                Origin.link(link.requestId()),
                                account.verified() ? account.passphraseHash() : null);
                    }
                    claims.finish(link, PURPOSE, hash == null ? List.of("email") : List.of("email", "passphrase"), now);
                    return true;
                },
                confirmed -> lock.lock(link.accountId()).isPresent() && claims.endedAt(link, now));
    }
}
