package dev.latchkey.web;

import dev.latchkey.api.form.MultipartForm;
import dev.latchkey.api.form.Upload;
import dev.latchkey.profile.ProfileInput;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as it was sent.
 *
 * @param form what can be shown again
 * @param passphrase absent when the field was left empty
 * @param keepPassphrase whether the passphrase in use was said to be the owner's
 * @param photo absent when none was chosen; open only as long as the form it came in
 */
record Typed(
        EditForm form,
        @Nullable String passphrase,
        @Nullable Upload photo,
        boolean keepPassphrase) {

    Typed(EditForm form, @Nullable String passphrase, @Nullable Upload photo) {
        this(form, passphrase, photo, false);
    }

    static Typed of(MultipartForm sent) {
        return new Typed(
                EditForm.of(sent),
                EditForm.presence(sent.text("passphrase")),
                sent.photo().orElse(null),
                sent.text("keepPassphrase") != null);
    }

    /** The change this asks for, without the photo's content. An empty choice of language leaves it as it is. */
    ProfileInput input() {
        return new ProfileInput(
                form.version(),
                EditForm.presence(form.locale()),
                passphrase,
                form.bio(),
                form.name(),
                form.nickname(),
                null,
                photo != null && photo.tooLarge(),
                form.removePhoto(),
                keepPassphrase);
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
