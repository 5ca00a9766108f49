package dev.latchkey.oauth;

import dev.latchkey.session.SessionKind;
import dev.latchkey.session.Sessions.Session;
import jakarta.inject.Singleton;
import java.util.Set;

/** What people let assistants do, for them to see. */
@Singleton
public final class AllowedScopes {
    private final GrantRows rows;

    AllowedScopes(GrantRows rows) {
        this.rows = rows;
    }

    /** What the assistant may do whose session it is; nothing for any other session. */
    public Set<GrantScope> of(Session session) {
        return session.kind() == SessionKind.GRANT
                ? rows.findById(session.id())
                        .map(row -> GrantScope.parse(row.scope()))
                        .orElse(Set.of())
                : Set.of();
    }
}
