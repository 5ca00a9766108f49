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

    LinkRequestService(Accounts accounts, LinkRequestRecorder recorder, SubjectDigests digests) {
        this.accounts = accounts;
        this.recorder = recorder;
        this.digests = digests;
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

    private Optional<Account> find(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> accounts.findByEmail(by.email());
            case Subject.ByPin by -> accounts.findByPin(by.pin().value());
        };
    }
}
