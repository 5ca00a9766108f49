package dev.latchkey.web;

import dev.latchkey.http.MultipartForm;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.proposal.Proposal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 */
public record ProposedField(@Nullable String now, String text, boolean accepted, boolean same, boolean own) {

    /** All proposed fields by their names, in the order of the page. */
    static Map<String, ProposedField> of(
            Proposal proposal, Profile stored, @Nullable SubmittedForm typed, Locale page) {
        Map<String, ProposedField> fields = new LinkedHashMap<>();
        if (proposal.photo() != null) {
            fields.put("photo", new ProposedField("", "", typed != null && typed.accepted("photo"), false, false));
        }
        note(fields, "name", proposal.name(), stored.name(), typed);
        note(fields, "nickname", proposal.nickname(), stored.nickname(), typed);
        note(fields, "bio", proposal.bio(), stored.bio(), typed);
        note(fields, "locale", proposal.locale(), stored.locale(), typed);
        fields.computeIfPresent("locale", (field, locale) -> locale.named(page));
        return fields;
    }

    /** What a form brought back, where nothing can be looked up. */
    static Map<String, ProposedField> of(SubmittedForm typed) {
        Map<String, ProposedField> fields = new LinkedHashMap<>();
        typed.proposed()
                .forEach((field, text) ->
                        fields.put(field, new ProposedField(null, text, typed.accepted(field), false, true)));
        return fields;
    }

    static boolean isAccepted(MultipartForm sent, String field) {
        return sent.text("accept-" + field) != null;
    }

    /** For a textarea, of which browsers swallow the first line break. */
    public String area() {
        return "\n" + text;
    }

    /** The same with the name of the language that is stored instead of its tag. */
    private ProposedField named(Locale page) {
        String name = now == null || now.isEmpty() ? now : LanguageChoices.name(now, page);
        return new ProposedField(name, text, accepted, same, own);
    }

    private static void note(
            Map<String, ProposedField> fields,
            String field,
            @Nullable String proposed,
            @Nullable String stored,
            @Nullable SubmittedForm typed) {
        if (proposed != null) {
            String now = Objects.requireNonNullElse(stored, "");
            String edited = typed == null ? null : typed.proposed().get(field);
            String text = edited == null ? proposed : EditForm.lines(edited);
            boolean wroteOwn = typed != null
                    && typed.form().touched(field)
                    && !now.equals(EditForm.lines(
                            Objects.requireNonNullElse(typed.form().text(field), "")));
            boolean accepted = typed != null && typed.accepted(field);
            fields.put(field, new ProposedField(now, text, accepted, text.equals(now), wroteOwn));
        }
    }
}
