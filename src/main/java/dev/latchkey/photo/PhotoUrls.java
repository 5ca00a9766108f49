package dev.latchkey.photo;

import dev.latchkey.config.BaseUrl;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Public addresses of photos. */
@Singleton
public final class PhotoUrls {
    private final BaseUrl baseUrl;

    PhotoUrls(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Where the photo with this hash can be fetched; the address never shows another photo. */
    public String urlOf(String hash) {
        return baseUrl.resolve("/photos/" + hash + ".jpg");
    }

    /** As {@link #urlOf}, where there may be no photo. */
    public @Nullable String urlOrNull(@Nullable String hash) {
        return hash == null ? null : urlOf(hash);
    }
}
