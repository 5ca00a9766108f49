package dev.latchkey.web;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.Profile;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Where a page finds the photo of a profile. */
@Singleton
public final class OwnPhotos {
    private final PhotoUrls photoUrls;
    private final BaseUrl baseUrl;

    OwnPhotos(PhotoUrls photoUrls, BaseUrl baseUrl) {
        this.photoUrls = photoUrls;
        this.baseUrl = baseUrl;
    }

    /** Our own photos by path alone, so that they are of the page's origin whatever name it was reached by. */
    public @Nullable String of(Profile profile) {
        String url = photoUrls.urlOrNull(profile.photoHash());
        return url != null && url.startsWith(baseUrl.resolve("/"))
                ? url.substring(baseUrl.toString().length())
                : url;
    }
}
