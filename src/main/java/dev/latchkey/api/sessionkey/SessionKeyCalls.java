package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import dev.latchkey.session.SessionKeyService;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How this API learns what it is told, and by whom. */
@Singleton
@SessionKeyApi
final class SessionKeyCalls {
    private static final int PASSWORD_LENGTH = 6;

    private final Forms forms;
    private final SessionKeyService sessions;
    private final SignInService signIns;
    private final CallerAddressResolver callers;

    SessionKeyCalls(Forms forms, SessionKeyService sessions, SignInService signIns, CallerAddressResolver callers) {
        this.forms = forms;
        this.sessions = sessions;
        this.signIns = signIns;
        this.callers = callers;
    }

    /**
     * Works on the JSON in a body.
     *
     * @param otherwise said with 400 when it is no JSON object, or a member is of the wrong type
     */
    HttpResponse<?> withBody(HttpRequest<?> request, String otherwise, Function<JsonFields, HttpResponse<?>> work) {
        try {
            return work.apply(forms.json(request));
        } catch (ProblemException e) {
            int status = e.problem().type().status();
            return MessageResponse.as(
                    HttpStatus.valueOf(status),
                    status == 400 ? otherwise : e.problem().detail());
        }
    }

    /**
     * Works for whoever tells e-mail address and password.
     *
     * @param refusal said with 401 when they are wrong
     * @param incomplete the status when one of them is missing
     */
    HttpResponse<?> withPassword(
            HttpRequest<?> request, String refusal, HttpStatus incomplete, Function<Account, HttpResponse<?>> work) {
        return withBody(request, refusal, body -> {
            String email = body.string("email");
            String password = body.string("password");
            if (email == null || password == null) {
                return MessageResponse.as(incomplete, refusal);
            }
            return switch (signIns.check(email, password, callers.of(request))) {
                case SignInOutcome.Refused refused -> MessageResponse.unauthorized(refusal);
                case SignInOutcome.SlowedDown slow -> MessageResponse.slowDown(slow.retryAfter());
                case SignInOutcome.Matched matched -> work.apply(matched.account());
            };
        });
    }

    /**
     * Works for whoever tells e-mail address and session key in the body.
     *
     * @param refusal said with 401 when there is no such session
     */
    HttpResponse<?> withSession(
            HttpRequest<?> request, String refusal, BiFunction<Account, JsonFields, HttpResponse<?>> work) {
        return withBody(
                request,
                refusal,
                body -> owner(body.string("email"), body.string("session_key"))
                        .<HttpResponse<?>>map(account -> work.apply(account, body))
                        .orElseGet(() -> MessageResponse.unauthorized(refusal)));
    }

    /** Whose session it is; empty when either is missing, or the key is not of this address. */
    Optional<Account> owner(@Nullable String email, @Nullable String sessionKey) {
        return email == null || sessionKey == null ? Optional.empty() : sessions.find(email, sessionKey);
    }

    /** This API's own input rule: exactly six characters. They are hashed like any passphrase. */
    static boolean isPassword(String text) {
        return text.codePointCount(0, text.length()) == PASSWORD_LENGTH
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
