package dev.latchkey.api.account;

import dev.latchkey.http.EntityTags;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads changes of a profile from JSON or from a form, and the version they are meant for. */
final class ProfileRequests {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private ProfileRequests() {}

    static ProfileChange of(JsonFields body) {
        return ProfileChange.of(ProfileField.read(ProfileField.TEXTS, body::string));
    }

    /** Of a form, as long as it is open. */
    static ProfileChange of(MultipartForm form) {
        return ProfileChange.of(ProfileField.read(ProfileField.TEXTS, form::text))
                .with(photo(form));
    }

    /** What a form says of the photo alone, as long as it is open. */
    static PhotoChange photo(MultipartForm form) {
        return PhotoChange.of(form.photo().orElse(null), false);
    }

    /**
     * The versions that If-Match allows (RFC 9110, section 13.1.1): all when it is absent or a star. Tags that are not
     * ours match nothing; ours do when a proxy weakened them, too, as they name a version and not bytes.
     */
    static @Nullable Set<Long> versions(HttpRequest<?> request) {
        List<String> headers = request.getHeaders().getAll(HttpHeaders.IF_MATCH);
        if (headers.isEmpty() || EntityTags.isStar(headers)) {
            return null;
        }
        return EntityTags.in(headers).stream()
                .filter(tag -> VERSION.matcher(tag).matches())
                .map(Long::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    static String tag(long version) {
        return "\"" + version + "\"";
    }
}
