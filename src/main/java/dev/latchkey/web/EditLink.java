package dev.latchkey.web;

import org.jspecify.annotations.Nullable;

/**
 * What the head of the edit page tells about the link and whose profile it opens.
 *
 * @param action where the form goes
 * @param photoUrl of the photo stored now
 * @param expiresAt when the link ends; absent while the mail is still on its way
 */
public record EditLink(
        String action,
        String email,
        String pin,
        String matchPhrase,
        @Nullable Moment expiresAt,
        @Nullable String photoUrl,
        boolean hasPassphrase) {}
