package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.views.ModelAndView;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inbox as pages. */
@OnlyInDev
@Controller("/dev/inbox")
final class InboxController {
    private static final String CSP = "Content-Security-Policy";

    /** Pages of ours that show one frame of ours, and look for new mails. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Whatever a mail holds: it may look as it likes and load nothing, run nothing, send nothing. */
    private static final String MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private static final int MOST_SHOWN = 200;

    private final DevMailServer inbox;
    private final ReadMarks marks;
    private final MailOrigins origins;

    InboxController(DevMailServer inbox, ReadMarks marks, MailOrigins origins) {
        this.inbox = inbox;
        this.marks = marks;
        this.origins = origins;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> list(@Nullable @QueryValue String q) {
        List<InboxMessage> all = inbox.messages();
        String asked = q == null ? "" : q.strip();
        List<InboxMessage> found = asked.isEmpty()
                ? all
                : all.stream().filter(InboxSearch.of(asked)::finds).toList();
        return page(
                "inbox/list",
                Map.of(
                        "mails",
                        found.stream().limit(MOST_SHOWN).toList(),
                        "q",
                        asked,
                        "found",
                        found.size(),
                        "total",
                        all.size(),
                        "unread",
                        all.stream()
                                .map(InboxMessage::id)
                                .filter(id -> !marks.isRead(id))
                                .collect(Collectors.toSet()),
                        "imapPort",
                        inbox.imapPort()));
    }

    /** Opening a mail marks it as read in the inbox's own list, and changes nothing that anybody else can see. */
    @Get(value = "/{id}", headRoute = false)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> one(String id, @Nullable @QueryValue String view) {
        HttpResponse<?> page = look(id, view);
        marks.mark(id);
        return page;
    }

    /** Programs that only ask whether a mail is there have not opened it. */
    @Head("/{id}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> look(String id, @Nullable @QueryValue String view) {
        InboxMessage mail = mail(id);
        InboxView shown = view == null ? firstOf(mail) : InboxView.of(view).orElseThrow(() -> noSuchView(view));
        Map<String, Object> model = new HashMap<>(
                Map.of("mail", mail, "view", shown, "views", InboxView.values(), "links", mail.namedLinks()));
        origins.of(mail).ifPresent(origin -> model.put("origin", origin));
        switch (shown) {
            case SOURCE -> model.put("source", inbox.source(id).orElse(""));
            case DARK -> model.put("knowsDark", MailScheme.knowsDark(mail.html()));
            case TEXT, HTML, NARROW, HEADERS, LINKS -> {}
        }
        return page("inbox/message", model);
    }

    /** The mail's own HTML, for the frame; by night where it is asked for so. */
    @Get("/{id}/html")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> html(String id, @Nullable @QueryValue String scheme) {
        MailScheme shown = "dark".equals(scheme) ? MailScheme.DARK : MailScheme.LIGHT;
        return HttpResponse.ok(shown.frame(mail(id).html()))
                .contentType("text/html;charset=utf-8")
                .header(CSP, MAIL_POLICY)
                .header("Cache-Control", "no-store");
    }

    @Post("/read")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.ALL})
    HttpResponse<?> readAll() {
        marks.markAll(inbox.messages().stream().map(InboxMessage::id).toList());
        return toList();
    }

    /** Asks first, as there is no way back. */
    @Get("/delete")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> askToDeleteAll() {
        return page("inbox/delete", Map.of("total", inbox.messages().size()));
    }

    @Post("/delete")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.ALL})
    HttpResponse<?> deleteAll() {
        inbox.deleteAll();
        return toList();
    }

    @Get("/{id}/delete")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> askToDelete(String id) {
        return page("inbox/delete", Map.of("mail", mail(id)));
    }

    /** A mail that somebody else has deleted meanwhile is as good as deleted. */
    @Post("/{id}/delete")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.ALL})
    HttpResponse<?> delete(String id) {
        inbox.held(id).ifPresent(HeldMail::delete);
        return toList();
    }

    private InboxMessage mail(String id) {
        return inbox.find(id)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "There is no such message in the dev inbox."));
    }

    /** What its reader sees first. */
    private static InboxView firstOf(InboxMessage mail) {
        return mail.html().isEmpty() ? InboxView.TEXT : InboxView.HTML;
    }

    private static ProblemException noSuchView(String view) {
        return new ProblemException(Problem.ofField(
                ProblemType.INVALID_REQUEST,
                "view",
                "There is no view " + view + " of a mail. Known: " + String.join(", ", InboxView.keys()) + "."));
    }

    private static HttpResponse<?> toList() {
        return HttpResponse.seeOther(URI.create("/dev/inbox"));
    }

    private static MutableHttpResponse<?> page(String view, Map<String, Object> model) {
        return HttpResponse.ok(new ModelAndView<>(view, model))
                .header(CSP, PAGE_POLICY)
                .header("Cache-Control", "no-store");
    }
}
