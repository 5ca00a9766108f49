package dev.latchkey.web;

import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.Upload;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileInput;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form as it was sent.
 *
 * @param form what can be shown again
 * @param passphrase absent when the field was left empty
 * @param keepPassphrase whether the passphrase in use was said to be the owner's
 * @param photo absent when none was chosen; open only as long as the form it came in
 * @param proposed what the person made of what an assistant proposed, by field
 * @param accept the fields for which they took it
 */
record SubmittedForm(
        EditForm form,
        @Nullable String passphrase,
        @Nullable Upload photo,
        boolean keepPassphrase,
        Map<String, String> proposed,
        Set<String> accept) {
    private static final List<String> FIELDS = List.of("name", "nickname", "bio", "locale", "photo");

    SubmittedForm(EditForm form, @Nullable String passphrase, @Nullable Upload photo) {
        this(form, passphrase, photo, false, Map.of(), Set.of());
    }

    static SubmittedForm of(MultipartForm sent) {
        return new SubmittedForm(
                EditForm.of(sent),
                EditForm.presence(sent.text("passphrase")),
                sent.photo().orElse(null),
                sent.text("keepPassphrase") != null,
                proposed(sent),
                FIELDS.stream()
                        .filter(field -> ProposedField.isAccepted(sent, field))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Map<String, String> proposed(MultipartForm sent) {
        Map<String, String> proposed = new HashMap<>();
        for (String field : FIELDS) {
            String text = sent.text("proposed-" + field);
            if (text != null) {
                proposed.put(field, text);
            }
        }
        return Map.copyOf(proposed);
    }

    /** Whether the person took what was proposed for this field. */
    boolean accepted(String field) {
        return accept.contains(field);
    }

    /** The change this asks for, without the photo's content. An empty choice of language leaves it as it is. */
    ProfileInput input() {
        return new ProfileInput(
                form.version(),
                EditForm.presence(chosen("locale", form.locale())),
                passphrase,
                chosen("bio", form.bio()),
                chosen("name", form.name()),
                chosen("nickname", form.nickname()),
                null,
                photo != null && photo.tooLarge(),
                form.removePhoto(),
                keepPassphrase,
                base());
    }

    private Map<ProfileField, String> base() {
        Map<ProfileField, String> base = new EnumMap<>(ProfileField.class);
        for (ProfileField field : ProfileField.values()) {
            String shown = form.base().get(field.key());
            if (shown != null) {
                base.put(field, shown);
            }
        }
        return base;
    }

    /** The same on top of what somebody else stored meanwhile. */
    SubmittedForm over(Profile stored) {
        return new SubmittedForm(form.over(stored), passphrase, photo, keepPassphrase, proposed, accept);
    }

    /** The fields for which something was proposed that the person did not take. */
    List<String> dropped() {
        return FIELDS.stream()
                .filter(field -> proposed.containsKey(field) && !accepted(field))
                .toList();
    }

    private @Nullable String chosen(String field, @Nullable String own) {
        return accepted(field) ? proposed.getOrDefault(field, Objects.requireNonNullElse(own, "")) : own;
    }

    /** The fields that have to be filled in again, save those of which an error says so anyway. */
    Set<String> again(Set<String> wrong) {
        Set<String> again = new HashSet<>();
        if (passphrase != null) {
            again.add("passphrase");
        }
        if (photo != null) {
            again.add("photo");
        }
        again.removeAll(wrong);
        return again;
    }

    @Override
    public String toString() {
        return "a form that was sent";
    }
}
