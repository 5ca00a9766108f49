package dev.latchkey.profile;

import dev.latchkey.account.Account;

/**
 * An account with what it shows.
 *
 * @param account who it is
 * @param profile what they show; {@link Profile#none} before the first save
 */
public record ProfileView(Account account, Profile profile) {

    public boolean hasPassphrase() {
        return account.passphraseHash() != null;
    }
}
