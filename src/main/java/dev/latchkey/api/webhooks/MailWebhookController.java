package dev.latchkey.api.webhooks;

import dev.latchkey.bounce.Bounces;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/**
 * The addresses that mail providers post to. One without its setting is not there; a call without its proof changes nothing
 * and leaves nothing but a count.
 */
@Controller("/webhooks/mail")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MailWebhookController {
    private final List<MailProvider> providers;
    private final Forms forms;
    private final Bounces bounces;
    private final Problems problems;
    private final MeterRegistry meters;

    MailWebhookController(
            List<MailProvider> providers, Forms forms, Bounces bounces, Problems problems, MeterRegistry meters) {
        this.providers = providers;
        this.forms = forms;
        this.bounces = bounces;
        this.problems = problems;
        this.meters = meters;
    }

    /** Of whatever type it says it is: Amazon SNS posts JSON as plain text. */
    @Post("/{provider}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> take(HttpRequest<?> request, String provider) {
        MailProvider from = providers.stream()
                .filter(each -> each.name().equals(provider) && each.isSet())
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
        try {
            byte[] body = forms.bytes(request, MailProvider.MOST_BYTES);
            if (body.length > MailProvider.MOST_BYTES) {
                throw new ProblemException(
                        Problem.worded(ProblemType.TOO_LARGE, "body.large", MailProvider.MOST_BYTES / 1024));
            }
            from.read(request.getHeaders(), body).forEach(told -> bounces.take(from.name(), told.id(), told.reports()));
            return HttpResponse.ok();
        } catch (ProblemException e) {
            return refused(request, from, e.problem());
        }
    }

    private HttpResponse<?> refused(HttpRequest<?> request, MailProvider from, Problem problem) {
        Counter.builder("latchkey.mail.webhook.refused")
                .description("Calls of mail providers, or in their name, that were refused")
                .tag("provider", from.name())
                .tag("why", problem.type().slug())
                .register(meters)
                .increment();
        MutableHttpResponse<?> response = problems.respond(request, problem);
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"mail webhooks\"");
        }
        return response;
    }
}
