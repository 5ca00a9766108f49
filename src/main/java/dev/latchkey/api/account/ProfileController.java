package dev.latchkey.api.account;

import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.http.EntityTags;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemType;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One's own profile: look, create, change, and the photo. */
@Controller("/profile/me")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProfileController {
    private static final Origin API = Origin.of(Door.ACCOUNT_API);
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private final Forms forms;
    private final Bearers bearers;
    private final OwnProfiles profiles;
    private final PhotoUrls photos;
    private final AccountAnswers answers;

    ProfileController(Forms forms, Bearers bearers, OwnProfiles profiles, PhotoUrls photos, AccountAnswers answers) {
        this.forms = forms;
        this.bearers = bearers;
        this.profiles = profiles;
        this.photos = photos;
        this.answers = answers;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return shown(HttpResponse.ok(), bearers.require(request).view());
    }

    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> create(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        if (!forms.isForm(request)) {
            return create(request, me, changeIn(forms.json(request)));
        }
        try (Form form = forms.form(request)) {
            return create(request, me, changeIn(form));
        }
    }

    private HttpResponse<?> create(HttpRequest<?> request, Bearers.SignedIn me, ProfileChange change) {
        OwnOutcome outcome = profiles.create(me.view(), change, API, me.session());
        return outcome instanceof OwnOutcome.Stale
                ? answers.refuse(request, ProblemType.PROFILE_EXISTS, "profile.exists")
                : answer(request, outcome, view -> shown(HttpResponse.created(URI.create("/profile/me")), view));
    }

    @Put
    HttpResponse<?> change(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        ProfileChange change = changeIn(forms.json(request)).from(versions(request));
        OwnOutcome outcome = profiles.update(me.view(), change, API, me.session());
        return answer(request, outcome, view -> shown(HttpResponse.ok(), view));
    }

    @Put("/photo")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> putPhoto(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        try (Form form = forms.form(request)) {
            if (form.photo().isEmpty()) {
                return answers.refuse(request, answers.ofField(ProblemType.INVALID_REQUEST, "photo", "photo.missing"));
            }
            OwnOutcome outcome = profiles.update(me.view(), photo(request, photoIn(form)), API, me.session());
            return answer(
                    request,
                    outcome,
                    view -> tagged(
                            HttpResponse.ok(
                                    new Photo(photos.urlOrNull(view.profile().photoHash()))),
                            view));
        }
    }

    @Delete("/photo")
    @Consumes(MediaType.ALL)
    HttpResponse<?> deletePhoto(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        OwnOutcome outcome = profiles.update(me.view(), photo(request, new PhotoChange.Remove()), API, me.session());
        return answer(request, outcome, view -> tagged(HttpResponse.noContent(), view));
    }

    private static ProfileChange photo(HttpRequest<?> request, PhotoChange photo) {
        return ProfileChange.of(Map.of()).with(photo).from(versions(request));
    }

    private static ProfileChange changeIn(JsonFields body) {
        return ProfileChange.of(ProfileField.read(ProfileField.TEXTS, body::string));
    }

    /** Of a form, as long as it is open. */
    private static ProfileChange changeIn(Form form) {
        return ProfileChange.of(ProfileField.read(ProfileField.TEXTS, form::text))
                .with(photoIn(form));
    }

    /** What a form says of the photo alone, as long as it is open. */
    private static PhotoChange photoIn(Form form) {
        return PhotoChange.of(form.photo().orElse(null), false);
    }

    /**
     * The versions that If-Match allows (RFC 9110, section 13.1.1): all when it is absent or a star. Tags that are not
     * ours match nothing; ours do when a proxy weakened them, too, as they name a version and not bytes.
     */
    private static @Nullable Set<Long> versions(HttpRequest<?> request) {
        List<String> headers = request.getHeaders().getAll(HttpHeaders.IF_MATCH);
        if (headers.isEmpty() || EntityTags.isStar(headers)) {
            return null;
        }
        return EntityTags.in(headers).stream()
                .filter(tag -> VERSION.matcher(tag).matches())
                .map(Long::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request, OwnOutcome outcome, Function<ProfileView, HttpResponse<?>> stored) {
        return switch (outcome) {
            case OwnOutcome.Stored done -> stored.apply(done.view());
            case OwnOutcome.Gone gone -> throw bearers.invalid();
            case OwnOutcome.Stale stale -> stale(request, stale.current());
            case ChangeRefused.InvalidFields invalid -> answers.refuse(request, answers.invalid(invalid));
            case ChangeRefused.PhotoRefused photo -> answers.refuse(request, answers.photo(photo.reason()));
            case ChangeRefused.TooManyUploads many ->
                answers.refuse(request, answers.wait("uploads", many.retryAfter()));
        };
    }

    private HttpResponse<?> stale(HttpRequest<?> request, ProfileView current) {
        if (!current.profile().exists()) {
            return answers.refuse(request, ProblemType.NO_PROFILE, "profile.none");
        }
        return answers.refuse(
                request,
                answers.of(
                                ProblemType.PRECONDITION_FAILED,
                                "profile.stale",
                                current.profile().version())
                        .with("current", ProfileResponse.of(current, photos)));
    }

    private HttpResponse<?> shown(MutableHttpResponse<Object> response, ProfileView view) {
        return tagged(response.body(ProfileResponse.of(view, photos)), view);
    }

    private static HttpResponse<?> tagged(MutableHttpResponse<?> response, ProfileView view) {
        return response.header(HttpHeaders.ETAG, "\"" + view.profile().version() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Serdeable
    record Photo(@Nullable String photoUrl) {}
}
