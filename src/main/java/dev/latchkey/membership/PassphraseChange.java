package dev.latchkey.membership;

import dev.latchkey.profile.InvalidField;
import java.time.Duration;

/** What changing a passphrase can lead to. */
public sealed interface PassphraseChange {

    /** What using one, as for deleting an account, can lead to. */
    sealed interface PassphraseUse extends PassphraseChange {}

    /** Done; what had to end has ended. */
    record Done() implements PassphraseUse {}

    /** The passphrase that should prove who asks is not the account's. */
    record WrongPassphrase() implements PassphraseUse {}

    /** Too many wrong passphrases lately. */
    record SlowedDown(Duration retryAfter) implements PassphraseUse {}

    /** The new one cannot be kept. */
    record Invalid(InvalidField why) implements PassphraseChange {}
}
