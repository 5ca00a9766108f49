package dev.latchkey.api.account;

import dev.latchkey.account.Account;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.magiclink.LinkOutcome;
import dev.latchkey.membership.ConfirmationService;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.membership.PassphraseChange;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
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

/** What concerns the account rather than the profile: its passphrase, its address, its end. */
@Controller("/profile/me")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController {
    private final Forms forms;
    private final Bearers bearers;
    private final MembershipService memberships;
    private final ConfirmationService confirmations;
    private final CallerAddressResolver callers;
    private final AccountAnswers answers;
    private final Problems problems;

    AccountController(
            Forms forms,
            Bearers bearers,
            MembershipService memberships,
            ConfirmationService confirmations,
            CallerAddressResolver callers,
            AccountAnswers answers,
            Problems problems) {
        this.forms = forms;
        this.bearers = bearers;
        this.memberships = memberships;
        this.confirmations = confirmations;
        this.callers = callers;
        this.answers = answers;
        this.problems = problems;
    }

    @Operation(
            operationId = "changePassphrase",
            summary = "Change the passphrase; other sessions and tokens die",
            security = @SecurityRequirement(name = "bearer"))
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.NewPassphrase.class))
            })
    @ApiResponse(responseCode = "204", description = "Changed", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "invalid-credentials, or a bad token",
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
    @Put("/passphrase")
    HttpResponse<?> changePassphrase(HttpRequest<?> request) {
        SignedInAccount me = bearers.require(request);
        JsonFields body = forms.json(request);
        String current = answers.required("current", body.string("current"));
        String fresh = answers.required("new", body.string("new"));
        Account account = me.view().account();
        return answer(request, memberships.change(account, current, fresh, me.tokenId(), callers.of(request)));
    }

    @Operation(
            operationId = "deleteMe",
            summary = "Delete the account with everything that belongs to it",
            security = @SecurityRequirement(name = "bearer"))
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Password.class))
            })
    @ApiResponse(responseCode = "204", description = "Gone", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "invalid-credentials, or a bad token",
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
    @Delete
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Account account = bearers.require(request).view().account();
        String password = answers.required("password", forms.json(request).string("password"));
        return answer(request, memberships.delete(account, password, callers.of(request)));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, PassphraseChange change) {
        return switch (change) {
            case PassphraseChange.Done done -> HttpResponse.noContent();
            case PassphraseChange.WrongPassphrase wrong ->
                refuse(request, answers.of(ProblemType.INVALID_CREDENTIALS, "passphrase.wrong"));
            case PassphraseChange.Invalid invalid -> refuse(request, answers.invalidPassphrase("new", invalid.why()));
            case PassphraseChange.SlowedDown slow -> refuse(request, answers.wait("slow", slow.retryAfter()));
        };
    }

    @Operation(
            operationId = "verify",
            summary = "Mail a link that confirms the address",
            security = @SecurityRequirement(name = "bearer"))
    @ApiResponse(responseCode = "202", description = "On its way", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "409",
            description = "already-verified",
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
    @Post("/verification")
    @Consumes(MediaType.ALL)
    HttpResponse<?> verify(HttpRequest<?> request) {
        Account account = bearers.require(request).view().account();
        return confirmations
                .request(account, callers.of(request))
                .<HttpResponse<?>>map(outcome -> switch (outcome) {
                    case LinkOutcome.Accepted accepted -> HttpResponse.accepted();
                    case LinkOutcome.LimitReached limit -> refuse(request, answers.wait("mails", limit.retryAfter()));
                })
                .orElseGet(() -> refuse(request, answers.of(ProblemType.ALREADY_VERIFIED, "verified")));
    }

    private HttpResponse<?> refuse(HttpRequest<?> request, Problem problem) {
        return problems.respond(request, problem);
    }
}
