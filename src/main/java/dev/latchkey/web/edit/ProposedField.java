package dev.latchkey.web.edit;

import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.text.WordDifference;
import dev.latchkey.web.LanguageChoices;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant proposes for one field, beside what is stored. Not accepted until the person says so: a form that
 * a mail scanner submits as it is changes nothing.
 *
 * @param now what is stored, in words; empty when nothing is, absent when nobody can look it up
 * @param text what is proposed, or what the person made of it
 * @param accepted whether the person ticked it
 * @param same whether it is what is stored already, so that there is nothing to decide
 * @param own whether the person wrote something of their own instead, which must be in sight
 * @param difference which words of a long text would change; empty where there is nothing to compare
 */
public record ProposedField(
        @Nullable String now,
        String text,
        boolean accepted,
        boolean same,
        boolean own,
        List<WordDifference.Piece> difference) {

    /** Whether the person has not taken it, and there is something to take. */
    boolean waiting() {
        return !accepted && !same;
    }

    /** For a textarea, of which browsers swallow the first line break. */
    public String area() {
        return "\n" + text;
    }

    /**
     * All proposed fields.
     *
     * @param page the language in which languages are named
     */
    static Map<ProfileField, ProposedField> of(
            Proposal proposal, Profile stored, @Nullable EditForm typed, Locale page) {
        Map<ProfileField, ProposedField> fields = new EnumMap<>(ProfileField.class);
        for (ProfileField field : proposal.fields()) {
            String now = stored.values().getOrDefault(field, "");
            String text = proposal.texts().getOrDefault(field, "");
            boolean wroteOwn = false;
            if (typed != null) {
                text = EditForm.lines(typed.proposed().getOrDefault(field, text));
                String own = typed.texts().get(field);
                wroteOwn = own != null
                        && typed.touched(field)
                        && !EditForm.lines(own).equals(now);
            }
            fields.put(
                    field,
                    new ProposedField(
                            LanguageChoices.inWords(field, now, page),
                            text,
                            typed != null && typed.accepted().contains(field),
                            field != ProfileField.PHOTO && text.equals(now),
                            wroteOwn,
                            difference(field, now, text)));
        }
        return fields;
    }

    private static List<WordDifference.Piece> difference(ProfileField field, String now, String text) {
        return field == ProfileField.BIO && !now.isEmpty() && !text.isEmpty()
                ? WordDifference.between(now, text).pieces()
                : List.of();
    }

    /** What a form brought back, where nothing can be looked up. */
    static Map<ProfileField, ProposedField> of(EditForm typed) {
        Map<ProfileField, ProposedField> fields = new EnumMap<>(ProfileField.class);
        typed.proposed()
                .forEach((field, text) -> fields.put(
                        field,
                        new ProposedField(null, text, typed.accepted().contains(field), false, true, List.of())));
        return fields;
    }
}
