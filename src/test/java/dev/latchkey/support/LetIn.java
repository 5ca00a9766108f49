package dev.latchkey.support;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.account.Account;
import dev.latchkey.oauth.Consent;
import dev.latchkey.oauth.Grant;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.Redemption;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import io.micronaut.context.ApplicationContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * An assistant that somebody let in.
 *
 * @param token its access token
 */
public record LetIn(ApplicationContext context, Account account, String token) {
    public static final String CLIENT = "Example Assistant (client.example.com)";

    private static final String ID = "https://client.example.com/oauth/metadata.json";
    private static final String REDIRECT = "https://client.example.com/callback";

    /** One that may read and propose. */
    public static LetIn by(ApplicationContext context, Account account) {
        return by(context, account, GrantScope.READ, GrantScope.PROPOSE);
    }

    /** One that may do this. */
    public static LetIn by(ApplicationContext context, Account account, GrantScope... allowed) {
        PageSessions pages = context.getBean(PageSessions.class);
        Grants grants = context.getBean(Grants.class);
        Set<GrantScope> scopes = EnumSet.noneOf(GrantScope.class);
        scopes.addAll(Arrays.asList(allowed));
        CodeVerifier verifier = new CodeVerifier();
        PageSession session = pages.openByLink(account.id(), "Firefox, Linux")
                .flatMap(pages::find)
                .orElseThrow();
        String code = grants.allow(
                        session,
                        new Consent(
                                ID,
                                "client.example.com",
                                "Example Assistant",
                                scopes,
                                REDIRECT,
                                CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                                        .getValue()))
                .orElseThrow();
        return switch (grants.redeem(code, ID, REDIRECT, verifier.getValue())) {
            case Redemption.Tokens tokens -> new LetIn(context, account, tokens.access());
            case Redemption other -> throw new IllegalStateException("No tokens: " + other);
        };
    }

    public Grant grant() {
        return context.getBean(Grants.class).find(token).orElseThrow();
    }

    /** The value of its {@code Authorization}. */
    public String bearer() {
        return "Bearer " + token;
    }
}
