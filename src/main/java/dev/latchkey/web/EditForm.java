package dev.latchkey.web;

import dev.latchkey.api.form.MultipartForm;
import dev.latchkey.profile.Profile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of the edit form hold: what is stored at first, later what the person typed. The passphrase is not
 * among them, as it is never shown again.
 *
 * @param version of the profile the form was made from
 */
public record EditForm(
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String locale,
        @Nullable String bio,
        boolean removePhoto,
        @Nullable Long version) {

    static EditForm of(Profile stored) {
        return new EditForm(stored.name(), stored.nickname(), stored.locale(), stored.bio(), false, stored.version());
    }

    static EditForm of(MultipartForm typed) {
        return new EditForm(
                typed.text("name"),
                typed.text("nickname"),
                typed.text("locale"),
                typed.text("bio"),
                typed.text("removePhoto") != null,
                version(typed.text("version")));
    }

    EditForm at(long newer) {
        return new EditForm(name, nickname, locale, bio, removePhoto, newer);
    }

    /** The same with a nickname that was suggested. */
    EditForm withNickname(String suggested) {
        return new EditForm(name, suggested, locale, bio, removePhoto, version);
    }

    /** What a field of text holds, by its name. */
    @Nullable
    String text(String field) {
        return switch (field) {
            case "name" -> name;
            case "nickname" -> nickname;
            case "locale" -> locale;
            case "bio" -> bio;
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** The bio for a textarea, of which browsers swallow the first line break. */
    public String bioText() {
        return "\n" + Objects.requireNonNullElse(bio, "");
    }

    static @Nullable String presence(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** What is no number was not written by our page: such a caller looked at no version. */
    private static @Nullable Long version(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
