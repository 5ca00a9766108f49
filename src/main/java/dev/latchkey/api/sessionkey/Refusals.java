package dev.latchkey.api.sessionkey;

import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/** Turns bodies that cannot be read into this API's own refusals. */
@Singleton
@SessionKeyApi
final class Refusals {
    private final Forms forms;

    Refusals(Forms forms) {
        this.forms = forms;
    }

    /**
     * Works on the JSON in a body.
     *
     * @param otherwise said with 400 when it is no JSON object, or a member is of the wrong type
     */
    HttpResponse<?> withBody(HttpRequest<?> request, String otherwise, Function<JsonFields, HttpResponse<?>> work) {
        try {
            return work.apply(forms.json(request));
        } catch (ProblemException e) {
            int status = e.problem().type().status();
            return MessageResponse.as(
                    HttpStatus.valueOf(status),
                    status == 400 ? otherwise : e.problem().detail());
        }
    }

    static HttpResponse<?> slowDown(Duration wait) {
        long seconds = Problem.seconds(wait);
        return MessageResponse.as(
                        HttpStatus.TOO_MANY_REQUESTS, "Too many attempts. Try again in " + seconds + " seconds.")
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
}
