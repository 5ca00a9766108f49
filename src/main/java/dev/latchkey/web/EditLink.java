package dev.latchkey.web;

import org.jspecify.annotations.Nullable;

/**
 * What the head of the edit page tells about the link and whose profile it opens.
 *
 * @param action where the form goes
 * @param email absent, like all that follows, when the database cannot be asked
 * @param tier as the texts call it
 * @param missing what it still takes to be PRO, as a sentence; absent for whoever is
 * @param photoUrl of the photo stored now
 * @param hasPassphrase whether an empty field keeps a passphrase
 * @param unproven whether that passphrase was chosen before anybody proved the mailbox, and so dies unless it is kept
 */
public record EditLink(
        String action,
        @Nullable String email,
        @Nullable String pin,
        @Nullable String tier,
        @Nullable String missing,
        @Nullable String matchPhrase,
        @Nullable Moment expiresAt,
        @Nullable String photoUrl,
        boolean hasPassphrase,
        boolean unproven) {

    static EditLink unknown(String action) {
        return new EditLink(action, null, null, null, null, null, null, null, true, false);
    }
}
