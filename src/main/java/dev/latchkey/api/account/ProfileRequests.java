package dev.latchkey.api.account;

import dev.latchkey.http.EntityTags;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.Upload;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.ProfileInput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads changes of a profile from JSON or from a form, and the version they are meant for. */
final class ProfileRequests {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private ProfileRequests() {}

    static ProfileInput of(JsonFields body) {
        return new ProfileInput(
                null,
                body.string("locale"),
                null,
                body.string("bio"),
                body.string("name"),
                body.string("nickname"),
                null,
                false,
                false);
    }

    /** Works on a form, as long as it is open. */
    static OwnOutcome with(MultipartForm form, Function<ProfileInput, OwnOutcome> work) {
        Upload photo = form.photo().orElse(null);
        ProfileInput input = new ProfileInput(
                null,
                form.text("locale"),
                null,
                form.text("bio"),
                form.text("name"),
                form.text("nickname"),
                null,
                photo != null && photo.tooLarge(),
                false);
        return work.apply(photo == null || photo.tooLarge() ? input : input.withPhoto(photo));
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
