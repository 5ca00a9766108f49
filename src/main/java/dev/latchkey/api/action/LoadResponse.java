package dev.latchkey.api.action;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a magic link opens, as Load tells it. */
final class LoadResponse {
    /** What Load calls the photo, which it tells by its address. */
    static final String PHOTO = "photoUrl";

    private LoadResponse() {}

    /** {@code null} where there is nothing. */
    static Map<String, @Nullable Object> of(Inspection.Open link, ProfileView view, PhotoUrls photos) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("email", view.account().email().value());
        body.put("pin", view.account().pin());
        for (ProfileField field : ProfileField.TEXTS) {
            body.put(field.key(), view.profile().value(field));
        }
        body.put(PHOTO, photos.urlOrNull(view.profile().photoHash()));
        body.put("hasPassphrase", view.hasPassphrase());
        body.put("tier", view.account().tier().name());
        body.put("version", view.profile().version());
        body.put("expiresAt", link.expiresAt());
        body.put("matchPhrase", link.matchPhrase());
        return body;
    }
}
