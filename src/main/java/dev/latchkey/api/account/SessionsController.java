package dev.latchkey.api.account;

import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.http.ProblemType;
import dev.latchkey.membership.OwnSessions;
import dev.latchkey.oauth.AllowedScopes;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.session.Sessions.Session;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one is signed in. */
@Controller("/profile/me/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionsController {
    private final Bearers bearers;
    private final OwnSessions sessions;
    private final AllowedScopes allowed;
    private final AccountAnswers answers;

    SessionsController(Bearers bearers, OwnSessions sessions, AllowedScopes allowed, AccountAnswers answers) {
        this.bearers = bearers;
        this.sessions = sessions;
        this.allowed = allowed;
        this.answers = answers;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        String current = me.tokenId().toString();
        List<Entry> entries = sessions.of(me.view().account().id(), current).stream()
                .map(session -> Entry.of(session, allowed.of(session), current))
                .toList();
        return HttpResponse.ok(new Answer(entries)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Ends one, if it is the caller's own; a session of somebody else is as unknown as one that never was. */
    @Delete("/{id}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> end(HttpRequest<?> request, String id) {
        Bearers.SignedIn me = bearers.require(request);
        return sessions.end(me.view().account().id(), id, Origin.of(Door.ACCOUNT_API))
                ? HttpResponse.noContent()
                : answers.refuse(request, ProblemType.NOT_FOUND, "session.unknown");
    }

    @Serdeable
    record Answer(List<Entry> sessions) {}

    /**
     * One session.
     *
     * @param client browser and system, or another program, as it calls itself; {@code null} when it does not
     * @param scope what an assistant may do, as OAuth spells it; {@code null} for everything else
     * @param current whether it is the token of this call
     */
    @Serdeable
    record Entry(
            String id,
            String kind,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable String client,
            @Nullable String scope,
            boolean current) {

        static Entry of(Session session, Set<GrantScope> allowed, String current) {
            return new Entry(
                    session.id(),
                    session.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.client().isEmpty() ? null : session.client(),
                    allowed.isEmpty() ? null : GrantScope.text(allowed),
                    session.id().equals(current));
        }
    }
}
