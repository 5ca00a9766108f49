package dev.latchkey.web;

import dev.latchkey.api.form.MultipartForm;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Proposal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant proposes for one field, beside what is stored. Not accepted until the person says so: a form that
 * a mail scanner submits as it is changes nothing.
 *
 * @param now what is stored, in words; empty when nothing is
 * @param text what is proposed, or what the person made of it
 * @param accepted whether the person ticked it
 */
public record ProposedField(String now, String text, boolean accepted) {

    /** All proposed fields but the photo, by their names. */
    static Map<String, ProposedField> of(Proposal proposal, Profile stored, @Nullable Typed typed, Locale page) {
        Map<String, ProposedField> fields = new LinkedHashMap<>();
        note(fields, "name", proposal.name(), stored.name(), typed);
        note(fields, "nickname", proposal.nickname(), stored.nickname(), typed);
        note(fields, "bio", proposal.bio(), stored.bio(), typed);
        String locale = stored.locale();
        note(fields, "locale", proposal.locale(), locale == null ? null : LanguageChoices.name(locale, page), typed);
        if (proposal.photo() != null) {
            fields.put("photo", new ProposedField("", "", typed != null && typed.accepted("photo")));
        }
        return fields;
    }

    /** What a form brought back, where nothing can be looked up. */
    static Map<String, ProposedField> of(Typed typed) {
        Map<String, ProposedField> fields = new LinkedHashMap<>();
        typed.proposed()
                .forEach((field, text) -> fields.put(field, new ProposedField("", text, typed.accepted(field))));
        return fields;
    }

    static boolean isAccepted(MultipartForm sent, String field) {
        return sent.text("accept-" + field) != null;
    }

    /** For a textarea, of which browsers swallow the first line break. */
    public String area() {
        return "\n" + text;
    }

    private static void note(
            Map<String, ProposedField> fields,
            String field,
            @Nullable String proposed,
            @Nullable String now,
            @Nullable Typed typed) {
        if (proposed != null) {
            String edited = typed == null ? null : typed.proposed().get(field);
            fields.put(
                    field,
                    new ProposedField(
                            Objects.requireNonNullElse(now, ""),
                            Objects.requireNonNullElse(edited, proposed),
                            typed != null && typed.accepted(field)));
        }
    }
}
