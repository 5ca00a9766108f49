package dev.latchkey.membership.leaving;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.SignInService;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases an account whole: whatever refers to it goes with its row, and what refers to nobody (the history of its links,
 * counts of sign-ins) loses the digests by which it could be known again. Back-ups, and mails that have left, are out of
 * reach.
 */
@Singleton
public class Erasure {
    private static final Logger AUDIT = LoggerFactory.getLogger(Erasure.class);

    private final Accounts accounts;
    private final Profiles profiles;
    private final LinkClaims links;
    private final SignInService signIns;
    private final Photos photos;

    Erasure(Accounts accounts, Profiles profiles, LinkClaims links, SignInService signIns, Photos photos) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.links = links;
        this.signIns = signIns;
        this.photos = photos;
    }

    /**
     * Erases an account as part of the caller's transaction, in which it is locked.
     *
     * @return the photos that it was the last to need, perhaps; for {@link #finish}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> erase(Account locked) {
        List<String> shown = Optional.of(locked.id()).flatMap(profiles::find).map(Profile::photoHash).stream()
                .toList();
        links.forget(locked);
        signIns.forget(locked.email());
        // The database takes along whatever refers to it.
        accounts.remove(locked.id());
        return shown;
    }

    /** What is outside the database, and the line for the audit, once the transaction is committed. */
    public void finish(List<String> left, Cause cause) {
        AUDIT.info("An account was erased: {}", cause.words);
        left.forEach(photos::left);
    }

    /** Why an account was erased; all that is kept of it. */
    public enum Cause {
        OWNER("its owner asked for it"),
        NEGLECT("nobody ever confirmed it");

        private final String words;

        Cause(String words) {
            this.words = words;
        }
    }
}
