package dev.latchkey.web;

import org.jspecify.annotations.Nullable;

/**
 * What the fields of the edit form hold: what is stored at first, later what the person typed. The passphrase is not
 * among them, as it is never shown again.
 *
 * @param version of the profile the form was made from
 */
public record EditForm(
        String name,
        String nickname,
        String locale,
        String bio,
        boolean removePhoto,
        @Nullable Long version) {

    /** The bio for a textarea, of which browsers swallow the first line break. */
    public String bioText() {
        return "\n" + bio;
    }
}
