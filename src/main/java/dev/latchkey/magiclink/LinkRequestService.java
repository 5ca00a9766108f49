package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

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
        return recorder.write(
                usable.map(Account::id).orElse(null),
                digests.of(subject),
                caller,
                whenUnknown,
                LinkPurpose.EDIT_PROFILE,
                LinkMail.EDIT);
    }

    /**
     * Asks for a link to an account's own mailbox that confirms something; part of the caller's transaction.
     *
     * @return {@code UserNotFound} when the account was deleted meanwhile
     */
    @Transactional
    public RequestOutcome confirm(UUID accountId, LinkPurpose purpose, Caller caller) {
        return confirm(accountId, purpose, caller, UnknownUser.REPORT);
    }

    /** The same for somebody who may not be told that there is this account. */
    @Transactional
    public RequestOutcome confirm(UUID accountId, LinkPurpose purpose, Caller caller, UnknownUser whenUnknown) {
        return accounts.findById(accountId)
                .map(account -> recorder.write(
                        accountId, byEmail(account), caller, whenUnknown, purpose, LinkMail.kindOf(purpose)))
                .orElseGet(RequestOutcome.UserNotFound::new);
    }

    /** Asks for a mail that says that there is an account already, with a link that edits its profile. */
    public RequestOutcome tellThatAccountExists(Account account, Caller caller) {
        return recorder.write(
                account.usable() ? account.id() : null,
                byEmail(account),
                caller,
                UnknownUser.CONCEAL,
                LinkPurpose.EDIT_PROFILE,
                LinkMail.ACCOUNT_EXISTS);
    }

    /** What the caller is told who registers somebody else's address where that is no one's business; counts for nobody. */
    public RequestOutcome.Accepted pretendRegistration() {
        return recorder.writeDecoy(digests.of(UUID.randomUUID()), LinkPurpose.CONFIRM_REGISTRATION);
    }

    /** The token of a link that confirms a registration; the one purpose whose source tells it to its caller. */
    public String registrationToken(UUID requestId) {
        LinkRequest request = requests.findById(requestId)
                .filter(found -> found.purpose() == LinkPurpose.CONFIRM_REGISTRATION)
                .orElseThrow();
        return tokens.mint(request.linkId(), request.purpose());
    }

    /** For whose account a token was issued, whatever became of it. */
    public Optional<UUID> ownerOf(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose).flatMap(requests::findByLinkId).map(LinkRequest::accountId);
    }

    /**
     * Asks for a fresh link to the account that a token was once issued for, whatever became of the token. The mailbox
     * is the account's own, so whoever holds the token learns nothing.
     *
     * @return empty when the token was never issued, or so long ago that its story is forgotten, or when the account is
     *     blocked
     */
    public Optional<RequestOutcome> requestAgain(String token, LinkPurpose purpose, CallerAddress caller) {
        return tokens.linkIdOf(token, purpose)
                .flatMap(requests::findByLinkId)
                .flatMap(story -> requestAgain(story, purpose, caller));
    }

    /** An account that is gone is told from one that is there by nobody: its stories name it no more. */
    private Optional<RequestOutcome> requestAgain(LinkRequest story, LinkPurpose purpose, CallerAddress caller) {
        UUID accountId = story.accountId();
        Optional<Account> account = Optional.ofNullable(accountId).flatMap(accounts::findById);
        if (account.filter(found -> !found.usable()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(recorder.write(
                account.map(Account::id).orElse(null),
                accountId == null ? story.subjectDigest() : digests.of(accountId),
                Caller.page(caller),
                UnknownUser.REPORT,
                purpose,
                LinkMail.kindOf(purpose)));
    }

    private String byEmail(Account account) {
        return digests.of(new Subject.ByEmail(account.email()));
    }

    private Optional<Account> find(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> accounts.findByEmail(by.email());
            case Subject.ByPin by -> accounts.findByPin(by.pin().value());
        };
    }
}
