package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.PassphraseRules;
import dev.latchkey.profile.ProfilePhotos;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What the owner of an account does with the passphrase at hand: change it, or leave. */
@Singleton
public final class MembershipService {
    private final SignInService signIn;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final MembershipWriter writer;
    private final ProfilePhotos photos;

    MembershipService(
            SignInService signIn,
            PassphraseRules rules,
            Passphrases passphrases,
            MembershipWriter writer,
            ProfilePhotos photos) {
        this.signIn = signIn;
        this.rules = rules;
        this.passphrases = passphrases;
        this.writer = writer;
        this.photos = photos;
    }

    /**
     * Changes the passphrase; all sessions and tokens but one die.
     *
     * @param keptToken the access token that asks
     * @param caller as in {@link SignInService#check}
     */
    public PassphraseChange change(
            Account account, String current, String fresh, UUID keptToken, CallerAddress caller) {
        return proven(account, current, caller, verified -> {
            Optional<InvalidField> weak = rules.check(fresh, verified.email());
            if (weak.isPresent()) {
                return new PassphraseChange.Invalid(weak.get());
            }
            return done(writer.change(verified, passphrases.hash(fresh, caller.value()), keptToken));
        });
    }

    /** Sets another passphrase for somebody whom a session vouches for; every session and token dies. */
    public PassphraseChange replace(Account account, String fresh) {
        return done(writer.change(account, passphrases.hash(fresh, account.id().toString()), null));
    }

    /** Deletes an account with everything that belongs to it. */
    public PassphraseChange delete(Account account, String passphrase, CallerAddress caller) {
        return proven(account, passphrase, caller, verified -> {
            Optional<String> photo = photos.of(verified.id());
            boolean deleted = writer.delete(verified);
            if (deleted) {
                photo.ifPresent(photos::left);
            }
            return done(deleted);
        });
    }

    private PassphraseChange proven(
            Account account, String passphrase, CallerAddress caller, Function<Account, PassphraseChange> then) {
        return switch (signIn.check(account.email().value(), passphrase, caller)) {
            case SignInOutcome.Refused refused -> new PassphraseChange.WrongPassphrase();
            case SignInOutcome.SlowedDown slow -> new PassphraseChange.SlowedDown(slow.retryAfter());
            case SignInOutcome.Matched matched ->
                matched.account().id().equals(account.id())
                        ? then.apply(matched.account())
                        : new PassphraseChange.WrongPassphrase();
        };
    }

    /** Not done means that the passphrase was changed meanwhile. */
    private static PassphraseChange done(boolean done) {
        return done ? new PassphraseChange.Done() : new PassphraseChange.WrongPassphrase();
    }
}
