package dev.latchkey.api.account;

import dev.latchkey.api.form.Forms;
import dev.latchkey.api.form.MultipartForm;
import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemType;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileInput;
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
import java.net.URI;
import java.util.function.Function;

/** One's own profile: look, create, change, and the photo. */
@Controller("/profile/me")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProfileController {
    private final Forms forms;
    private final Bearers bearers;
    private final OwnProfiles profiles;
    private final PhotoUrls photos;
    private final AccountAnswers answers;
    private final Problems problems;

    ProfileController(
            Forms forms,
            Bearers bearers,
            OwnProfiles profiles,
            PhotoUrls photos,
            AccountAnswers answers,
            Problems problems) {
        this.forms = forms;
        this.bearers = bearers;
        this.profiles = profiles;
        this.photos = photos;
        this.answers = answers;
        this.problems = problems;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return shown(HttpResponse.ok(), bearers.require(request).view());
    }

    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> create(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        Function<ProfileInput, OwnOutcome> create = input -> profiles.create(mine, input);
        Function<ProfileView, HttpResponse<?>> created =
                view -> shown(HttpResponse.created(URI.create("/profile/me")), view);
        if (!forms.isForm(request)) {
            return answer(request, create.apply(ProfileRequests.of(forms.json(request))), created);
        }
        try (MultipartForm form = forms.form(request)) {
            return answer(request, ProfileRequests.with(form, create), created);
        }
    }

    @Put
    HttpResponse<?> change(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        ProfileInput input = ProfileRequests.of(forms.json(request));
        OwnOutcome outcome = profiles.update(mine, input, ProfileRequests.versions(request));
        return answer(request, outcome, view -> shown(HttpResponse.ok(), view));
    }

    @Put("/photo")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> putPhoto(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        try (MultipartForm form = forms.form(request)) {
            if (form.photo().isEmpty()) {
                return problems.respond(
                        request,
                        Problem.ofField(
                                ProblemType.INVALID_REQUEST,
                                "photo",
                                answers.of(ProblemType.INVALID_REQUEST, "photo.missing")
                                        .detail()));
            }
            OwnOutcome outcome = ProfileRequests.with(
                    form, input -> profiles.update(mine, onlyPhoto(input), ProfileRequests.versions(request)));
            return answer(
                    request,
                    outcome,
                    view -> tagged(
                            HttpResponse.ok(new PhotoResponse(
                                    photos.urlOrNull(view.profile().photoHash()))),
                            view));
        }
    }

    @Delete("/photo")
    @Consumes(MediaType.ALL)
    HttpResponse<?> deletePhoto(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        ProfileInput remove = new ProfileInput(null, null, null, null, null, null, null, false, true);
        OwnOutcome outcome = profiles.update(mine, remove, ProfileRequests.versions(request));
        return answer(request, outcome, view -> tagged(HttpResponse.noContent(), view));
    }

    private static ProfileInput onlyPhoto(ProfileInput input) {
        return new ProfileInput(null, null, null, null, null, null, input.photo(), input.photoTooLarge(), false);
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request, OwnOutcome outcome, Function<ProfileView, HttpResponse<?>> stored) {
        return switch (outcome) {
            case OwnOutcome.Stored done -> stored.apply(done.view());
            case OwnOutcome.Exists exists -> refuse(request, answers.of(ProblemType.PROFILE_EXISTS, "profile.exists"));
            case OwnOutcome.NoProfile none -> refuse(request, answers.of(ProblemType.NO_PROFILE, "profile.none"));
            case OwnOutcome.Gone gone -> throw bearers.invalid();
            case OwnOutcome.Stale stale ->
                refuse(
                        request,
                        answers.of(
                                        ProblemType.PRECONDITION_FAILED,
                                        "profile.stale",
                                        stale.current().profile().version())
                                .with("current", ProfileResponse.of(stale.current(), photos)));
            case OwnOutcome.InvalidFields invalid -> refuse(request, answers.invalid(invalid.fields()));
            case OwnOutcome.PhotoRefused photo -> refuse(request, answers.photo(photo.reason()));
        };
    }

    private HttpResponse<?> refuse(HttpRequest<?> request, Problem problem) {
        return problems.respond(request, problem);
    }

    private HttpResponse<?> shown(MutableHttpResponse<Object> response, ProfileView view) {
        return tagged(response.body(ProfileResponse.of(view, photos)), view);
    }

    private static HttpResponse<?> tagged(MutableHttpResponse<?> response, ProfileView view) {
        return response.header(
                        HttpHeaders.ETAG, ProfileRequests.tag(view.profile().version()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
