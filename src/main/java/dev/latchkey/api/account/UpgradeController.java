package dev.latchkey.api.account;

import dev.latchkey.account.Tier;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.profile.ProCondition;
import dev.latchkey.profile.UpgradeOutcome;
import dev.latchkey.profile.UpgradeService;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;

/** Asks for PRO, and learns what is missing. */
@Controller("/profile/me/upgrade")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UpgradeController {
    private final Bearers bearers;
    private final UpgradeService upgrades;
    private final AccountAnswers answers;
    private final Texts texts;
    private final Problems problems;

    UpgradeController(
            Bearers bearers,
            UpgradeService upgrades,
            AccountAnswers answers,
            @Named("account") Texts texts,
            Problems problems) {
        this.bearers = bearers;
        this.upgrades = upgrades;
        this.answers = answers;
        this.texts = texts;
        this.problems = problems;
    }

    @Operation(operationId = "upgradeMe", summary = "Asks for PRO", security = @SecurityRequirement(name = "bearer"))
    @ApiResponse(
            responseCode = "200",
            description = "The account is PRO",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TierResponse.class)))
    @ApiResponse(
            responseCode = "409",
            description = "upgrade-not-possible; the member missing lists emailVerified, nickname, bio, photo",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> upgrade(HttpRequest<?> request) {
        return switch (upgrades.upgrade(
                bearers.require(request).view().account().id())) {
            case UpgradeOutcome.Pro pro -> HttpResponse.ok(new TierResponse(Tier.PRO));
            case UpgradeOutcome.Gone gone -> throw bearers.invalid();
            case UpgradeOutcome.Missing missing -> missing(request, missing.conditions());
        };
    }

    private HttpResponse<?> missing(HttpRequest<?> request, List<ProCondition> conditions) {
        String words = conditions.stream()
                .map(condition -> texts.text("upgrade." + condition.key()))
                .collect(Collectors.joining(", "));
        List<String> keys = conditions.stream().map(ProCondition::key).toList();
        return problems.respond(
                request,
                answers.of(ProblemType.UPGRADE_NOT_POSSIBLE, "upgrade", words).with("missing", keys));
    }
}
