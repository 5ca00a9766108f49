package dev.latchkey.api.account;

import dev.latchkey.http.BearerToken;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Bearer;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/**
 * Tells who calls. A route cannot forget to ask, as it learns the account from nothing else; and a spelling of its
 * address that a filter would miss is no way around.
 */
@Singleton
final class Bearers {
    private final AccessTokenService tokens;
    private final OwnProfiles profiles;
    private final Texts texts;

    Bearers(AccessTokenService tokens, OwnProfiles profiles, @Named("account") Texts texts) {
        this.tokens = tokens;
        this.profiles = profiles;
        this.texts = texts;
    }

    /** Who calls; refused with 401 when the token is missing, malformed, foreign, expired or revoked. */
    SignedInAccount require(HttpRequest<?> request) {
        String token = BearerToken.of(request)
                .orElseThrow(() -> new ProblemException(ProblemType.TOKEN_MISSING, texts.text("token.missing")));
        return switch (tokens.inspect(token)) {
            case Bearer.Expired expired ->
                throw new ProblemException(ProblemType.TOKEN_EXPIRED, texts.text("token.expired"));
            case Bearer.Invalid invalid -> throw invalid();
            case Bearer.SignedIn signedIn ->
                profiles.find(signedIn.accountId())
                        .map(view -> new SignedInAccount(view, signedIn.tokenId()))
                        .orElseThrow(this::invalid);
        };
    }

    ProblemException invalid() {
        return new ProblemException(ProblemType.TOKEN_INVALID, texts.text("token.invalid"));
    }
}
