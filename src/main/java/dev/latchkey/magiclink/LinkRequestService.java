package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes requests for links. A link that was asked for survives a crash: its mail is in the outbox when this returns. */
@Singleton
public class LinkRequestService {
    private final Accounts accounts;
    private final LinkRequestRecorder recorder;
    private final SubjectDigests digests;
    private final LinkTokens tokens;
    private final LinkRequests requests;

    LinkRequestService(
            Accounts accounts,
            LinkRequestRecorder recorder,
            SubjectDigests digests,
            LinkTokens tokens,
            LinkRequests requests) {
        this.accounts = accounts;
        this.recorder = recorder;
        this.digests = digests;
        this.tokens = tokens;
        this.requests = requests;
    }

    /**
     * Asks for a link that edits a profile.
     *
     * @param whenUnknown with {@code CONCEAL}, a subject without a usable account gets the answer, the work and the
     *     history of one that has it, except for the mail
     */
    public RequestOutcome request(Subject subject, Caller caller, UnknownUser whenUnknown) {
        Optional<Account> found = find(subject);
        Optional<Account> usable = found.filter(Account::usable);
        if (whenUnknown == UnknownUser.REPORT && usable.isEmpty()) {
            return found.isEmpty() ? new RequestOutcome.UserNotFound() : new RequestOutcome.AccountBlocked();
        }
        return usable.map(account -> recorder.write(account.id(), digests.of(account.id()), caller))
                .orElseGet(() -> recorder.write(null, digests.of(subject), caller));
    }

    /**
     * Asks for a fresh link to the account that a token was once issued for, whatever became of the token. The mailbox
     * is the account's own, so whoever holds the token learns nothing.
     *
     * @return empty when the token was never issued, or so long ago that its story is forgotten
     */
    public Optional<RequestOutcome> requestAgain(String token) {
        return tokens.linkIdOf(token, LinkPurpose.EDIT_PROFILE)
                .flatMap(requests::findByLinkId)
                .map(LinkRequest::accountId)
                .map(accountId -> recorder.write(
                        accounts.findById(accountId)
                                .filter(Account::usable)
                                .map(Account::id)
                                .orElse(null),
                        digests.of(accountId),
                        Caller.PAGE));
    }

    private Optional<Account> find(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> accounts.findByEmail(by.email());
            case Subject.ByPin by -> accounts.findByPin(by.pin().value());
        };
    }
}
