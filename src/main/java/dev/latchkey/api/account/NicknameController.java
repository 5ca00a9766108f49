package dev.latchkey.api.account;

import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemType;
import dev.latchkey.profile.NicknameSuggestions;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.regex.Pattern;

/** Suggests nicknames; choosing one is a change of the profile. */
@Controller("/nicknames")
@ExecuteOn(TaskExecutors.BLOCKING)
final class NicknameController {
    private static final String COUNT = "count";
    private static final int USUAL = 5;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final Bearers bearers;
    private final NicknameSuggestions suggestions;
    private final AccountTexts texts;

    NicknameController(Bearers bearers, NicknameSuggestions suggestions, AccountTexts texts) {
        this.bearers = bearers;
        this.suggestions = suggestions;
        this.texts = texts;
    }

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
        int count = asked.size() == 1 && NUMBER.matcher(asked.getFirst()).matches()
                ? Integer.parseInt(asked.getFirst())
                : 0;
        if (count < 1 || count > NicknameSuggestions.MOST) {
            throw new ProblemException(Problem.ofField(
                    ProblemType.INVALID_REQUEST, COUNT, texts.text("nickname.count", NicknameSuggestions.MOST)));
        }
        return count;
    }
}
