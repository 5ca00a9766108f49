package dev.latchkey.web.edit;

import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.Texts;
import dev.latchkey.web.LanguageChoices;
import dev.latchkey.web.Pages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field of the edit page, as the view {@code field} shows it.
 *
 * @param text what the person's own input holds
 * @param hint what may be put in; absent where that goes without saying
 * @param error what is wrong with it
 * @param stored what is stored now, in words, where it is not what the form holds
 * @param again whether it was filled in, cannot be shown again, and has to be filled in once more
 * @param suggested whether the text is our idea
 * @param proposal what an assistant proposes
 * @param open whether the person's own input is in sight although a proposal stands before it
 */
public record EditField(
        String key,
        String text,
        @Nullable String hint,
        @Nullable String error,
        @Nullable String stored,
        boolean again,
        boolean suggested,
        @Nullable ProposedField proposal,
        boolean open) {

    static EditField of(EditPage page, ProfileField field, Texts texts, Locale locale) {
        String key = field.key();
        String reason = page.wrong().get(field);
        String stored = field == ProfileField.PHOTO ? null : page.stored().get(field);
        ProposedField proposal = page.proposals().get(field);
        boolean kept = field == ProfileField.PHOTO && page.link().keptPhoto() != null;
        boolean again = reason == null && page.form().forgets(field) && !kept;
        boolean suggested = page.suggested() && field == ProfileField.NICKNAME;
        boolean open = field == ProfileField.PHOTO
                ? again || kept || page.form().removePhoto() || reason != null
                : stored != null
                        || suggested
                        || (proposal != null && (proposal.own() || (reason != null && !proposal.accepted())));
        return new EditField(
                key,
                page.form().texts().getOrDefault(field, ""),
                texts.find(locale, "edit." + key + ".hint"),
                reason == null ? null : texts.text(locale, "error." + key + "." + reason),
                stored == null ? null : LanguageChoices.inWords(field, stored, locale),
                again,
                suggested,
                proposal,
                open);
    }

    /** Why fields cannot be kept, as the texts call it. */
    static Map<ProfileField, String> reasons(ChangeRefused why) {
        Map<ProfileField, String> reasons = new EnumMap<>(ProfileField.class);
        switch (why) {
            case ChangeRefused.InvalidFields invalid -> {
                invalid.fields().forEach(field -> reasons.put(field.field(), Pages.key(field.reason())));
                if (invalid.photo() != null) {
                    reasons.putAll(reasons(invalid.photo()));
                }
            }
            case ChangeRefused.PhotoRefused photo -> reasons.put(ProfileField.PHOTO, Pages.key(photo.reason()));
            case ChangeRefused.TooManyUploads many -> reasons.put(ProfileField.PHOTO, "too-many");
        }
        return reasons;
    }

    /** Whether there is a proposal to decide on. */
    public boolean undecided() {
        return proposal != null && !proposal.same();
    }

    /** Whether the error is about the proposal, as the person took it. */
    public boolean proposalWrong() {
        return error != null && proposal != null && proposal.accepted();
    }

    /** Whether the error is about the person's own input; that of a photo always is, as nobody can mend a proposed one. */
    public boolean ownWrong() {
        return error != null && (!proposalWrong() || key.equals("photo"));
    }

    /** Where an error is mended: in the proposal, where the person took it. */
    String target() {
        return proposalWrong() && undecided() && !ownWrong() ? "proposed-" + key : key;
    }

    /** The ids of what describes the input; absent when nothing does. */
    public @Nullable String describedBy() {
        List<String> ids = new ArrayList<>();
        if (hint != null) {
            ids.add(key + "-hint");
        }
        if (error != null) {
            ids.add(key + "-error");
        }
        if (stored != null) {
            ids.add(key + "-stored");
        }
        if (suggested) {
            ids.add(key + "-suggested");
        }
        return ids.isEmpty() ? null : String.join(" ", ids);
    }

    /** The text for a textarea, of which browsers swallow the first line break. */
    public String area() {
        return "\n" + text;
    }
}
