package dev.latchkey.assistant;

import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account and what it shows, as its owner's programs and assistants are told. */
public final class ProfileFacts {
    /** What the photo is called, which is told by its address. */
    public static final String PHOTO = "photoUrl";

    private ProfileFacts() {}

    /** {@code null} where there is nothing. */
    public static Map<String, @Nullable Object> of(ProfileView view, PhotoUrls photos) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("email", view.account().email().value());
        facts.put("pin", view.account().pin());
        for (ProfileField field : ProfileField.TEXTS) {
            facts.put(field.key(), view.profile().value(field));
        }
        facts.put(PHOTO, photos.urlOrNull(view.profile().photoHash()));
        facts.put("hasPassphrase", view.hasPassphrase());
        facts.put("tier", view.account().tier().name());
        facts.put("version", view.profile().version());
        return facts;
    }
}
