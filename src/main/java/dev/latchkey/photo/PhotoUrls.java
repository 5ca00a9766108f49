package dev.latchkey.photo;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.S3Settings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Public addresses of photos. */
@Singleton
public final class PhotoUrls {
    private final BaseUrl baseUrl;

    /** Of a bucket that browsers can read; absent where photos are served from here. */
    private final @Nullable String publicUrl;

    PhotoUrls(BaseUrl baseUrl, @Nullable S3Settings bucket) {
        this.baseUrl = baseUrl;
        this.publicUrl = bucket == null ? null : bucket.publicUrl();
    }

    /** Where the photo with this hash can be fetched; the address never shows another photo. */
    public String urlOf(String hash) {
        String path = "/photos/" + hash + ".jpg";
        return publicUrl == null ? baseUrl.resolve(path) : publicUrl + path;
    }

    /** As {@link #urlOf}, where there may be no photo. */
    public @Nullable String urlOrNull(@Nullable String hash) {
        return hash == null ? null : urlOf(hash);
    }
}
