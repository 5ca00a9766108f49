package dev.latchkey.web.edit;

import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Upload;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.web.session.ExistingPassphrase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The edit form: with what is stored at first, later as it was sent.
 *
 * @param texts what its fields hold; one that a form did not have is left out
 * @param version of the profile the form was made from
 * @param base what that profile held; it goes with the form, so that what the person did not touch never overwrites what
 *     somebody else changed meanwhile. Empty for a form that our page did not make
 * @param photo absent when none was chosen; open only as long as the form it came in
 * @param dropPhoto whether the photo that was uploaded before is not wanted any more
 * @param keptPhoto whether the form said that such a photo is kept
 * @param existing what the person said of a passphrase that may be a stranger's
 * @param proposed what the person made of what an assistant proposed
 * @param accepted the fields for which they took it
 */
public record EditForm(
        Map<ProfileField, String> texts,
        @Nullable Long version,
        Map<ProfileField, String> base,
        @Nullable Upload photo,
        boolean dropPhoto,
        boolean keptPhoto,
        boolean removePhoto,
        PassphraseChoice passphrase,
        ExistingPassphrase existing,
        Map<ProfileField, String> proposed,
        Set<ProfileField> accepted) {
    /** The order of the fields on the page, which is the order of the error summary. */
    static final List<ProfileField> FIELDS = List.of(
            ProfileField.PHOTO,
            ProfileField.NAME,
            ProfileField.PRONOUNS,
            ProfileField.NICKNAME,
            ProfileField.BIO,
            ProfileField.LOCALE,
            ProfileField.PASSPHRASE);

    /** Sent by the button that asks for a nickname. */
    public static final String SUGGEST = "suggestNickname";

    private static final Set<ProfileField> ALL = Set.copyOf(FIELDS);
    private static final String BASE = "base-";

    static EditForm of(Profile stored) {
        return new EditForm(
                stored.values(),
                stored.version(),
                stored.values(),
                null,
                false,
                false,
                false,
                new PassphraseChoice.None(),
                new ExistingPassphrase(false, null),
                Map.of(),
                Set.of());
    }

    /** As it was sent. */
    public static EditForm of(Form sent) {
        Map<ProfileField, String> base = ProfileField.read(ALL, key -> sent.text(BASE + key));
        base.replaceAll((field, shown) -> lines(shown));
        Set<ProfileField> accepted =
                ProfileField.read(ALL, key -> sent.text("accept-" + key)).keySet();
        // Whoever chose a photo of their own does not want the proposed one, whatever is ticked.
        sent.photo().ifPresent(own -> accepted.remove(ProfileField.PHOTO));
        ExistingPassphrase existing = ExistingPassphrase.of(sent);
        return new EditForm(
                ProfileField.read(ProfileField.TEXTS, sent::text),
                version(sent.text("version")),
                base,
                sent.photo().orElse(null),
                sent.text("dropPhoto") != null,
                sent.text("keptPhoto") != null,
                sent.text("removePhoto") != null,
                PassphraseChoice.of(
                        sent.filled("passphrase"), sent.text("keepPassphrase") != null || existing.isKept()),
                existing,
                ProfileField.read(ALL, key -> sent.text("proposed-" + key)),
                accepted);
    }

    /** The same on top of what somebody else stored meanwhile: whatever was not touched follows it. */
    EditForm over(Profile stored) {
        Map<ProfileField, String> merged = stored.values();
        chosen(texts).forEach((field, text) -> {
            if (touched(field)) {
                merged.put(field, text);
            }
        });
        return new EditForm(
                merged,
                stored.version(),
                stored.values(),
                photo,
                dropPhoto,
                keptPhoto,
                removePhoto,
                passphrase,
                existing,
                proposed,
                accepted);
    }

    /** The same with other texts in some fields. */
    EditForm with(Map<ProfileField, String> others) {
        Map<ProfileField, String> all = chosen(texts);
        all.putAll(others);
        return new EditForm(
                all, version, base, photo, dropPhoto, keptPhoto, removePhoto, passphrase, existing, proposed, accepted);
    }

    /** Whether it holds nothing: whoever sent it only pressed a button. */
    boolean isEmpty() {
        return texts.isEmpty() && proposed.isEmpty() && photo == null;
    }

    /** What the person typed, or took of what was proposed, and is not stored; never a passphrase. */
    Map<ProfileField, String> typed() {
        Map<ProfileField, String> typed = wanted();
        typed.replaceAll((field, text) -> lines(text));
        typed.entrySet().removeIf(field -> field.getValue().equals(base.getOrDefault(field.getKey(), "")));
        return typed;
    }

    /** The same with a nickname that was suggested. */
    EditForm withNickname(String suggested) {
        return with(Map.of(ProfileField.NICKNAME, suggested));
    }

    /** Whether a field of text holds something else than the page did when it was opened. */
    boolean touched(ProfileField field) {
        String text = texts.get(field);
        return text != null && !lines(text).equals(base.get(field));
    }

    /** Whether the person overlooked the question about a passphrase, and chose no other. */
    boolean overlooksPassphrase() {
        return existing.isOverlooked() && !(passphrase instanceof PassphraseChoice.Typed);
    }

    /** Whether the person took the proposed photo and chose no other. */
    boolean takesProposedPhoto() {
        return accepted.contains(ProfileField.PHOTO);
    }

    /**
     * The change this asks for.
     *
     * @param portrait what becomes of the photo
     */
    public ProfileChange change(PhotoChange portrait) {
        return new ProfileChange(wanted(), portrait, passphrase, version == null ? null : Set.of(version), base);
    }

    private Map<ProfileField, String> wanted() {
        Map<ProfileField, String> wanted = chosen(texts);
        proposed.forEach((field, text) -> {
            if (accepted.contains(field) && ProfileField.TEXTS.contains(field)) {
                wanted.put(field, text);
            }
        });
        wanted.remove(ProfileField.LOCALE, "");
        return wanted;
    }

    /** The texts that ask for something: an empty choice of language leaves it as it is. */
    private static Map<ProfileField, String> chosen(Map<ProfileField, String> texts) {
        Map<ProfileField, String> chosen = new EnumMap<>(ProfileField.class);
        chosen.putAll(texts);
        chosen.remove(ProfileField.LOCALE, "");
        return chosen;
    }

    /** Names of the fields for which something was proposed that the person did not take. */
    List<String> dropped() {
        return proposed.keySet().stream()
                .filter(field -> !accepted.contains(field))
                .map(ProfileField::key)
                .toList();
    }

    /** Whether a field was filled in that cannot be shown again. */
    boolean forgets(ProfileField field) {
        return switch (field) {
            case PASSPHRASE -> passphrase instanceof PassphraseChoice.Typed;
            case PHOTO -> photo != null;
            default -> false;
        };
    }

    /** What goes with the form, by the names of its inputs. */
    public Map<String, String> hidden() {
        Map<String, String> hidden = new LinkedHashMap<>();
        base.forEach((field, shown) -> hidden.put(BASE + field.key(), shown));
        return hidden;
    }

    /** Browsers send every line break as CR LF. */
    static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    /** What is no number was not written by our page: such a caller looked at no version. */
    private static @Nullable Long version(@Nullable String text) {
        OptionalLong version = text == null ? OptionalLong.empty() : WholeNumbers.parse(text);
        return version.isPresent() ? (Long) version.getAsLong() : null;
    }
}
