package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.views.ModelAndView;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The inbox as pages. */
@OnlyInDev
@Controller("/dev/inbox")
final class InboxController {
    private static final String CSP = "Content-Security-Policy";

    /** Pages of ours that show one frame of ours. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Whatever a mail holds: it may look as it likes and load nothing, run nothing, send nothing. */
    private static final String MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private static final int SECONDS_TO_REFRESH = 5;
    private static final int MOST_SHOWN = 200;

    private final DevMailServer inbox;
    private final Problems problems;

    InboxController(DevMailServer inbox, Problems problems) {
        this.inbox = inbox;
        this.problems = problems;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> list() {
        List<InboxMessage> all = inbox.messages();
        return page(
                        "inbox/list",
                        Map.of(
                                "messages", all.stream().limit(MOST_SHOWN).toList(),
                                "total", all.size(),
                                "imapPort", inbox.imapPort()))
                .header("Refresh", Integer.toString(SECONDS_TO_REFRESH));
    }

    @Get("/{id}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> one(HttpRequest<?> request, String id) {
        return inbox.find(id)
                .<HttpResponse<?>>map(message -> page(
                        "inbox/message",
                        Map.of(
                                "message", message,
                                "links", message.namedLinks(),
                                "source", inbox.source(id).orElse(""))))
                .orElseGet(() -> missing(request));
    }

    /** The mail's own HTML, for the frame. */
    @Get("/{id}/html")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> html(HttpRequest<?> request, String id) {
        return inbox.find(id)
                .<HttpResponse<?>>map(message -> HttpResponse.ok(inNewWindow(message.html()))
                        .contentType("text/html;charset=utf-8")
                        .header(CSP, MAIL_POLICY)
                        .header("Cache-Control", "no-store"))
                .orElseGet(() -> missing(request));
    }

    /** Asks first, as there is no way back. */
    @Get("/delete")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> askToDelete() {
        return page("inbox/delete", Map.of("total", inbox.messages().size()));
    }

    @Post("/delete")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.ALL})
    HttpResponse<?> deleteAll() {
        inbox.deleteAll();
        return HttpResponse.seeOther(URI.create("/dev/inbox"));
    }

    private HttpResponse<?> missing(HttpRequest<?> request) {
        return problems.respond(
                request, Problem.of(ProblemType.NOT_FOUND, "There is no such message in the dev inbox."));
    }

    private static MutableHttpResponse<?> page(String view, Map<String, Object> model) {
        return HttpResponse.ok(new ModelAndView<>(view, model))
                .header(CSP, PAGE_POLICY)
                .header("Cache-Control", "no-store");
    }

    /** The pages that links lead to refuse to be framed. */
    private static String inNewWindow(String html) {
        return html.replaceFirst("(?i)<head[^>]*>", "$0<base target=\"_blank\">");
    }
}
