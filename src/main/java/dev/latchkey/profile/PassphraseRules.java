package dev.latchkey.profile;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.credential.PassphrasePolicy;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says of a passphrase what is wrong with it, as of any other field. */
@Singleton
public final class PassphraseRules {
    private final PassphrasePolicy policy;

    PassphraseRules(PassphrasePolicy policy) {
        this.policy = policy;
    }

    /** What is wrong with a new passphrase of the account with this address; empty when it is good. */
    public Optional<InvalidField> check(String passphrase, EmailAddress email) {
        return policy.check(passphrase, email.value())
                .map(refusal -> new InvalidField(
                        ProfileField.PASSPHRASE,
                        switch (refusal) {
                            case TOO_SHORT -> InvalidField.Reason.TOO_SHORT;
                            case TOO_LONG -> InvalidField.Reason.TOO_LONG;
                            case COMMON -> InvalidField.Reason.COMMON;
                            case SAME_AS_EMAIL -> InvalidField.Reason.SAME_AS_EMAIL;
                            case UNREADABLE -> InvalidField.Reason.ILL_FORMED;
                        }));
    }
}
