package dev.latchkey.photo;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.S3Settings;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Public addresses of photos. */
@Singleton
public final class PhotoUrls {
    private static final Pattern ADDRESS = Pattern.compile("/photos/([0-9a-f]{64})\\.jpg$");

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

    /** The hash in such an address; empty when it is none. */
    public static Optional<String> hashIn(String url) {
        Matcher address = ADDRESS.matcher(url);
        return address.find() ? Optional.of(address.group(1)) : Optional.empty();
    }

    /**
     * For a page, where there may be no photo: our own by path alone, so that they are of the page's origin whatever name
     * it was reached by.
     */
    public @Nullable String onPageOrNull(@Nullable String hash) {
        String url = urlOrNull(hash);
        return url != null && publicUrl == null
                ? url.substring(baseUrl.toString().length())
                : url;
    }

    /** As {@link #urlOf}, where there may be no photo. */
    public @Nullable String urlOrNull(@Nullable String hash) {
        return hash == null ? null : urlOf(hash);
    }
}
