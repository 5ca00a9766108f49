package dev.latchkey.web.account;

import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.OpenLinks.OpenLink;
import dev.latchkey.membership.OwnSessions;
import dev.latchkey.oauth.AllowedScopes;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.Sessions.Session;
import dev.latchkey.web.Moment;
import dev.latchkey.web.session.OwnForms;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one is signed in and which links are open, each with its end. */
@Controller("/account/sessions")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionsController {
    private static final String HERE = "/account/sessions";
    private static final Origin ORIGIN = Origin.of(Door.ACCOUNT_PAGE);

    private final OwnSessions sessions;
    private final AllowedScopes allowed;
    private final OwnForms forms;
    private final AccountPages pages;

    SessionsController(OwnSessions sessions, AllowedScopes allowed, OwnForms forms, AccountPages pages) {
        this.sessions = sessions;
        this.allowed = allowed;
        this.forms = forms;
        this.pages = pages;
    }

    /** @param ended what was ended just now, as the answers to the page's own forms lead here */
    @Get("{?ended}")
    HttpResponse<?> show(HttpRequest<?> request, PageSession session, @Nullable @QueryValue String ended) {
        return list(
                request,
                session,
                HttpStatus.OK,
                "one".equals(ended) || "others".equals(ended) || "none".equals(ended) ? ended : null);
    }

    /** Where people load again what a form led to. */
    @Get(uris = {"/end", "/end-others"})
    HttpResponse<?> again() {
        return HttpResponse.seeOther(URI.create(HERE));
    }

    @Post("/end")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> end(HttpRequest<?> request, PageSession session) {
        String id;
        String link;
        try (Form form = forms.read(request, session)) {
            id = form.text("id");
            link = form.text("link");
        }
        boolean ended = id != null && sessions.end(session.accountId(), id, ORIGIN);
        ended |= link != null && endLink(session, link);
        return ended ? back("one") : list(request, session, HttpStatus.NOT_FOUND, "unknown");
    }

    private boolean endLink(PageSession session, String request) {
        try {
            return sessions.endLink(session.accountId(), UUID.fromString(request), ORIGIN);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Everything but the session of this page, links too. */
    @Post("/end-others")
    @Consumes(MediaType.ALL)
    HttpResponse<?> endOthers(HttpRequest<?> request, PageSession session) {
        forms.check(request, session);
        return back(sessions.endOthers(session.accountId(), session.id(), ORIGIN) > 0 ? "others" : "none");
    }

    private static HttpResponse<?> back(String ended) {
        return HttpResponse.seeOther(URI.create(HERE + "?ended=" + ended));
    }

    private HttpResponse<?> list(
            HttpRequest<?> request, PageSession session, HttpStatus status, @Nullable String notice) {
        Locale locale = pages.speakTo(request, session);
        List<Row> rows = Stream.concat(
                        sessions.of(session.accountId(), session.id()).stream()
                                .map(each -> Row.of(each, allowed.of(each), session.id(), locale)),
                        sessions.linksOf(session.accountId()).stream().map(link -> Row.of(link, locale)))
                .toList();
        return pages.show(
                request,
                session,
                status,
                "sessions",
                "rows",
                rows,
                "alone",
                rows.size() == 1,
                "notice",
                notice,
                "bad",
                "unknown".equals(notice));
    }

    /**
     * One of the places.
     *
     * @param input the name of the form's field that says which it is
     * @param kind as the texts call it
     * @param what browser and system, an assistant, or the two words of a link; absent when nothing is known
     * @param words whether those are the two words of a link
     * @param may what an assistant may do, as the texts call it; nothing for everything else
     * @param used absent for a link
     */
    public record Row(
            String input,
            String id,
            String kind,
            @Nullable String what,
            boolean words,
            List<String> may,
            Moment since,
            @Nullable Moment used,
            Moment ends,
            boolean current) {

        static Row of(Session session, Set<GrantScope> allowed, String current, Locale locale) {
            return new Row(
                    "id",
                    session.id(),
                    key(session.kind()),
                    session.client().isEmpty() ? null : session.client(),
                    false,
                    Stream.of(GrantScope.READ, GrantScope.PROPOSE)
                            .filter(allowed::contains)
                            .map(Row::key)
                            .toList(),
                    Moment.of(session.createdAt(), locale),
                    Moment.of(session.lastUsedAt(), locale),
                    Moment.of(session.expiresAt(), locale),
                    session.id().equals(current));
        }

        static Row of(OpenLink link, Locale locale) {
            return new Row(
                    "link",
                    link.id().toString(),
                    key(link.purpose()),
                    link.matchPhrase(),
                    true,
                    List.of(),
                    Moment.of(link.createdAt(), locale),
                    null,
                    Moment.of(link.endsAt(), locale),
                    false);
        }

        private static String key(Enum<?> kind) {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
