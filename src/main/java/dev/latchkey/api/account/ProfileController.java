package dev.latchkey.api.account;

import dev.latchkey.http.Forms;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.net.URI;
import java.util.Map;
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

    @Operation(
            operationId = "showMe",
            summary = "Account and profile; works before there is a profile",
            security = @SecurityRequirement(name = "bearer"))
    @ApiResponse(
            responseCode = "200",
            description = "The version is also in ETag",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ProfileResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return shown(HttpResponse.ok(), bearers.require(request).view());
    }

    @Operation(
            operationId = "createProfile",
            summary = "Create the profile",
            security = @SecurityRequirement(name = "bearer"))
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.ProfileFields.class))
            })
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ProfileResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "409",
            description = "profile-exists or nickname-taken",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "413",
            description = "too-large",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "415",
            description = "unsupported-photo",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "422",
            description = "invalid-fields",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "429",
            description = "too-many-requests",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> create(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        Function<ProfileChange, OwnOutcome> create = change -> profiles.create(mine, change);
        Function<ProfileView, HttpResponse<?>> created =
                view -> shown(HttpResponse.created(URI.create("/profile/me")), view);
        if (!forms.isForm(request)) {
            return answer(request, create.apply(ProfileRequests.of(forms.json(request))), created);
        }
        try (MultipartForm form = forms.form(request)) {
            return answer(request, create.apply(ProfileRequests.of(form)), created);
        }
    }

    @Operation(
            operationId = "changeProfile",
            summary = "Change what is named; an empty text clears it",
            description = "If-Match with the ETag that was read guards against lost updates.",
            security = @SecurityRequirement(name = "bearer"))
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.ProfileFields.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ProfileResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "404",
            description = "no-profile",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "409",
            description = "nickname-taken",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "412",
            description = "precondition-failed",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "422",
            description = "invalid-fields",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Put
    HttpResponse<?> change(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        ProfileChange change = ProfileRequests.of(forms.json(request)).from(ProfileRequests.versions(request));
        OwnOutcome outcome = profiles.update(mine, change);
        return answer(request, outcome, view -> shown(HttpResponse.ok(), view));
    }

    @Operation(
            operationId = "putPhoto",
            summary = "Set the photo: JPEG, PNG or WebP, at most 5 MiB",
            security = @SecurityRequirement(name = "bearer"))
    @RequestBody(
            content = {
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = Bodies.PhotoForm.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Set",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PhotoResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "404",
            description = "no-profile",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "412",
            description = "precondition-failed",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "413",
            description = "too-large",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "415",
            description = "unsupported-photo",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "429",
            description = "too-many-requests",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
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
            OwnOutcome outcome = profiles.update(mine, photo(request, ProfileRequests.photo(form)));
            return answer(
                    request,
                    outcome,
                    view -> tagged(
                            HttpResponse.ok(new PhotoResponse(
                                    photos.urlOrNull(view.profile().photoHash()))),
                            view));
        }
    }

    @Operation(
            operationId = "deletePhoto",
            summary = "Remove the photo",
            security = @SecurityRequirement(name = "bearer"))
    @ApiResponse(responseCode = "204", description = "Removed", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "404",
            description = "no-profile",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "412",
            description = "precondition-failed",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Delete("/photo")
    @Consumes(MediaType.ALL)
    HttpResponse<?> deletePhoto(HttpRequest<?> request) {
        ProfileView mine = bearers.require(request).view();
        OwnOutcome outcome = profiles.update(mine, photo(request, new PhotoChange.Remove()));
        return answer(request, outcome, view -> tagged(HttpResponse.noContent(), view));
    }

    private static ProfileChange photo(HttpRequest<?> request, PhotoChange photo) {
        return ProfileChange.of(Map.of()).with(photo).from(ProfileRequests.versions(request));
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
            case ChangeRefused.InvalidFields invalid -> refuse(request, answers.invalid(invalid.fields()));
            case ChangeRefused.PhotoRefused photo -> refuse(request, answers.photo(photo.reason()));
            case ChangeRefused.TooManyUploads many -> refuse(request, answers.wait("uploads", many.retryAfter()));
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
