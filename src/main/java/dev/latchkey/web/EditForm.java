package dev.latchkey.web;

import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of the edit form hold: what is stored at first, later what the person typed. The passphrase is not
 * among them, as it is never shown again.
 *
 * @param version of the profile the form was made from
 * @param base what that profile held, by field, the photo by its hash; it goes with the form, so that what the person did
 *     not touch never overwrites what somebody else changed meanwhile. Empty for a form that our page did not make
 */
public record EditForm(
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String locale,
        @Nullable String bio,
        boolean removePhoto,
        @Nullable Long version,
        Map<String, String> base) {
    private static final String BASE = "base-";

    static EditForm of(Profile stored) {
        return new EditForm(
                stored.name(), stored.nickname(), stored.locale(), stored.bio(), false, stored.version(), base(stored));
    }

    static EditForm of(MultipartForm typed) {
        return new EditForm(
                typed.text("name"),
                typed.text("nickname"),
                typed.text("locale"),
                typed.text("bio"),
                typed.text("removePhoto") != null,
                version(typed.text("version")),
                base(typed));
    }

    /** The same on top of what somebody else stored meanwhile: whatever was not touched follows it. */
    EditForm over(Profile stored) {
        EditForm now = of(stored);
        return new EditForm(
                touched("name") ? name : now.name(),
                touched("nickname") ? nickname : now.nickname(),
                touched("locale") && presence(locale) != null ? locale : now.locale(),
                touched("bio") ? bio : now.bio(),
                removePhoto,
                now.version(),
                now.base());
    }

    /** Whether a field of text holds something else than the page did when it was opened. */
    boolean touched(String field) {
        String text = text(field);
        return text != null && !lines(text).equals(base.get(field));
    }

    /** The same with a nickname that was suggested. */
    EditForm withNickname(String suggested) {
        return new EditForm(name, suggested, locale, bio, removePhoto, version, base);
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

    private static Map<String, String> base(Profile stored) {
        Map<String, String> base = new LinkedHashMap<>();
        for (ProfileField field : ProfileField.values()) {
            if (field != ProfileField.PASSPHRASE) {
                base.put(field.key(), Objects.requireNonNullElse(stored.value(field), ""));
            }
        }
        return base;
    }

    private static Map<String, String> base(MultipartForm typed) {
        Map<String, String> base = new LinkedHashMap<>();
        for (ProfileField field : ProfileField.values()) {
            String shown = typed.text(BASE + field.key());
            if (shown != null) {
                base.put(field.key(), lines(shown));
            }
        }
        return base;
    }

    /** Browsers send every line break as CR LF. */
    static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    static @Nullable String presence(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** What is no number was not written by our page: such a caller looked at no version. */
    private static @Nullable Long version(@Nullable String text) {
        OptionalLong version = text == null ? OptionalLong.empty() : WholeNumbers.parse(text);
        return version.isPresent() ? (Long) version.getAsLong() : null;
    }
}
