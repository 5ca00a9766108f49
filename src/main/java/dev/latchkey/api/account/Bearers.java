package dev.latchkey.api.account;

import dev.latchkey.http.BearerKeys;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Bearer;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Tells who calls. A route cannot forget to ask, as it learns the account from nothing else; and a spelling of its
 * address that a filter would miss is no way around.
 */
@Singleton
final class Bearers {
    private final AccessTokenService tokens;
    private final OwnProfiles profiles;
    private final AccountAnswers answers;

    Bearers(AccessTokenService tokens, OwnProfiles profiles, AccountAnswers answers) {
        this.tokens = tokens;
        this.profiles = profiles;
        this.answers = answers;
    }

    /** Who calls; refused with 401 when the token is missing, malformed, foreign, expired or revoked. */
    SignedIn require(HttpRequest<?> request) {
        String token = BearerKeys.presented(request)
                .orElseThrow(() -> new ProblemException(ProblemType.TOKEN_MISSING, answers.text("token.missing")));
        return switch (tokens.inspect(token)) {
            case Bearer.Expired expired ->
                throw new ProblemException(ProblemType.TOKEN_EXPIRED, answers.text("token.expired"));
            case Bearer.Invalid invalid -> throw invalid();
            case Bearer.SignedIn signedIn ->
                profiles.find(signedIn.accountId())
                        .map(view -> new SignedIn(view, signedIn.tokenId()))
                        .orElseThrow(this::invalid);
        };
    }

    ProblemException invalid() {
        return new ProblemException(ProblemType.TOKEN_INVALID, answers.text("token.invalid"));
    }

    /**
     * Who calls, proved by a bearer token.
     *
     * @param view account and profile as they were when the call began
     * @param tokenId the token's name
     */
    record SignedIn(ProfileView view, UUID tokenId) {
        /** What has to be open still when something is written. */
        String session() {
            return tokenId.toString();
        }
    }
}
