package dev.latchkey.membership;

import dev.latchkey.profile.InvalidField;
import java.time.Duration;

/** What changing a passphrase, or deleting an account with it, can lead to. */
public sealed interface PassphraseChange {

    /** Done; what had to end has ended. */
    record Done() implements PassphraseChange {}

    /** The passphrase that should prove who asks is not the account's. */
    record WrongPassphrase() implements PassphraseChange {}

    /** The new one cannot be kept. */
    record Invalid(InvalidField why) implements PassphraseChange {}

    /** Too many wrong passphrases lately. */
    record SlowedDown(Duration retryAfter) implements PassphraseChange {}
}
