package dev.latchkey.api.account;

import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;

/** Suggests nicknames; choosing one is a change of the profile. */
@Controller("/nicknames")
@ExecuteOn(TaskExecutors.BLOCKING)
final class NicknameController {
    private static final String COUNT = "count";
    private static final int USUAL = 5;

    private final Bearers bearers;
    private final NicknameSuggestions suggestions;
    private final AccountAnswers answers;

    NicknameController(Bearers bearers, NicknameSuggestions suggestions, AccountAnswers answers) {
        this.bearers = bearers;
        this.suggestions = suggestions;
        this.answers = answers;
    }

    @Get("/suggestions")
    HttpResponse<?> suggest(HttpRequest<?> request) {
        bearers.require(request);
        return HttpResponse.ok(Map.of("suggestions", suggestions.free(count(request))))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private int count(HttpRequest<?> request) {
        List<String> asked = request.getParameters().getAll(COUNT);
        if (asked.isEmpty()) {
            return USUAL;
        }
        long count = asked.size() == 1 ? WholeNumbers.parse(asked.getFirst()).orElse(0) : 0;
        if (count < 1 || count > NicknameSuggestions.MOST) {
            throw new ProblemException(
                    answers.ofField(ProblemType.INVALID_REQUEST, COUNT, "nickname.count", NicknameSuggestions.MOST));
        }
        return (int) count;
    }
}
