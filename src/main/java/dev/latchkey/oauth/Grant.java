package dev.latchkey.oauth;

import dev.latchkey.account.Account;
import java.util.Set;

/**
 * What an access token opens.
 *
 * @param id of the session that the grant is
 * @param account whose profile it is about, and no other
 * @param client its name and host, for people
 * @param scopes what this token may be used for
 */
public record Grant(String id, Account account, String clientId, String client, Set<GrantScope> scopes) {

    public boolean may(GrantScope scope) {
        return scopes.contains(scope);
    }
}
