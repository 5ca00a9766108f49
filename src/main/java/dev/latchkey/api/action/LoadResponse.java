package dev.latchkey.api.action;

import dev.latchkey.assistant.ProfileFacts;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ProfileView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a magic link opens, as Load tells it. */
final class LoadResponse {
    private LoadResponse() {}

    static Map<String, @Nullable Object> of(Inspection.Open link, ProfileView view, PhotoUrls photos) {
        Map<String, @Nullable Object> body = ProfileFacts.of(view, photos);
        body.put("expiresAt", link.expiresAt());
        body.put("matchPhrase", link.matchPhrase());
        return body;
    }
}
