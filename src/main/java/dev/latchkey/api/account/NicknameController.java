package dev.latchkey.api.account;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.inject.Named;
import java.util.List;

/** Suggests nicknames; choosing one is a change of the profile. */
@Controller("/nicknames")
@ExecuteOn(TaskExecutors.BLOCKING)
final class NicknameController {
    private static final String COUNT = "count";
    private static final int USUAL = 5;

    private final Bearers bearers;
    private final NicknameSuggestions suggestions;
    private final Texts texts;

    NicknameController(Bearers bearers, NicknameSuggestions suggestions, @Named("account") Texts texts) {
        this.bearers = bearers;
        this.suggestions = suggestions;
        this.texts = texts;
    }

    @Operation(
            operationId = "suggestNicknames",
            summary = "Nicknames that are free when asked",
            security = @SecurityRequirement(name = "bearer"))
    @Parameter(
            name = "count",
            in = ParameterIn.QUERY,
            description = "How many",
            schema = @Schema(implementation = Integer.class, minimum = "1", maximum = "20", defaultValue = "5"))
    @ApiResponse(
            responseCode = "200",
            description = "All different",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SuggestionsResponse.class)))
    @ApiResponse(
            responseCode = "400",
            description = "invalid-request: the count makes no sense",
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
    @Get("/suggestions")
    HttpResponse<SuggestionsResponse> suggest(HttpRequest<?> request) {
        bearers.require(request);
        return HttpResponse.ok(new SuggestionsResponse(suggestions.free(count(request))))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private int count(HttpRequest<?> request) {
        List<String> asked = request.getParameters().getAll(COUNT);
        if (asked.isEmpty()) {
            return USUAL;
        }
        long count = asked.size() == 1 ? WholeNumbers.parse(asked.getFirst()).orElse(0) : 0;
        if (count < 1 || count > NicknameSuggestions.MOST) {
            throw new ProblemException(Problem.ofField(
                    ProblemType.INVALID_REQUEST, COUNT, texts.text("nickname.count", NicknameSuggestions.MOST)));
        }
        return (int) count;
    }
}
