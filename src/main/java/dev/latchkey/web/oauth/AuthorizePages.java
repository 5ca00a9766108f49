package dev.latchkey.web.oauth;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.authorization.Checked;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.Identifier;
import dev.latchkey.web.LinkPages;
import dev.latchkey.web.LinkPages.Way;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.OwnForms;
import dev.latchkey.web.session.PassphraseForms;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pages on the way to an answer, in each of their states. What was typed stays, but neither passphrases nor codes. */
@Singleton
final class AuthorizePages {
    private final Languages locales;
    private final PreferredLanguages languages;
    private final LinkPages linkPages;
    private final Texts texts;

    AuthorizePages(
            Languages locales, PreferredLanguages languages, LinkPages linkPages, @Named("messages") Texts texts) {
        this.locales = locales;
        this.languages = languages;
        this.linkPages = linkPages;
        this.texts = texts;
    }

    /** What a request is loaded and answered at. */
    static String address(Checked.Valid request) {
        return AuthorizeLinkController.AUTHORIZE + request.query();
    }

    /** For who is not signed in. */
    MutableHttpResponse<?> signIn(Checked.Valid asked) {
        return signIn(HttpStatus.OK, asked, "", "", Map.of(), null);
    }

    /** For who mistyped whom to mail to. */
    MutableHttpResponse<?> again(Checked.Valid asked, Identifier typed) {
        return signIn(HttpStatus.OK, asked, typed.text(), "", Map.of(), null);
    }

    /** Neither an address nor a PIN to mail a link to. */
    MutableHttpResponse<?> refused(Checked.Valid asked, Identifier typed) {
        Map<String, String> errors = Map.of(Identifier.FIELD, texts.text(typed.error()));
        return signIn(HttpStatus.UNPROCESSABLE_ENTITY, asked, typed.text(), "", errors, null);
    }

    /** Address and passphrase do not sign in. */
    MutableHttpResponse<?> refused(Checked.Valid asked, PassphraseForms.Outcome.Refused refused) {
        return refused.on(signIn(refused.status(), asked, "", refused.email(), refused.errors(), null));
    }

    /** Sent by a page of another site. */
    MutableHttpResponse<?> foreign(Checked.Valid asked) {
        return signIn(HttpStatus.FORBIDDEN, asked, "", "", Map.of(), "in.foreign");
    }

    /** No code of that mail works any more. */
    MutableHttpResponse<?> ended(Checked.Valid asked) {
        return signIn(HttpStatus.GONE, asked, "", "", Map.of(), "authorize.code.ended");
    }

    private static MutableHttpResponse<?> signIn(
            HttpStatus status,
            Checked.Valid asked,
            String identifier,
            String email,
            Map<String, String> errors,
            @Nullable String notice) {
        return Pages.show(
                status,
                "oauth/sign-in",
                "asking",
                Asking.of(asked),
                "action",
                address(asked),
                Identifier.FIELD,
                identifier,
                PassphraseForms.EMAIL,
                email,
                "errors",
                errors,
                "notice",
                notice);
    }

    /** A mail is on its way, or looks like it; its code is typed here. */
    MutableHttpResponse<?> mailed(HttpRequest<?> request, Mailed mailed) {
        return mailed(request, HttpStatus.OK, mailed, Map.of());
    }

    /** The same again, where what was typed is no code. */
    MutableHttpResponse<?> missing(HttpRequest<?> request, Mailed mailed) {
        return refused(request, mailed, texts.text("authorize.code.missing"));
    }

    /** The same again, where it is not this mail's. */
    MutableHttpResponse<?> wrong(HttpRequest<?> request, Mailed mailed, int left) {
        return refused(request, mailed, texts.text("authorize.code.wrong", left));
    }

    private MutableHttpResponse<?> refused(HttpRequest<?> request, Mailed mailed, String error) {
        return mailed(request, HttpStatus.UNPROCESSABLE_ENTITY, mailed, Map.of(AuthorizeSignIn.CODE, error));
    }

    private MutableHttpResponse<?> mailed(
            HttpRequest<?> request, HttpStatus status, Mailed mailed, Map<String, String> errors) {
        Way way = way(mailed.asked(), mailed.typed());
        return Pages.show(
                status,
                "oauth/mailed",
                "action",
                way.again(),
                "request",
                mailed.requestId().toString(),
                "matchPhrase",
                mailed.matchPhrase(),
                "mailbox",
                linkPages.mailbox(way),
                "again",
                linkPages.again(request, way),
                "errors",
                errors);
    }

    /** Where the mail is asked for. */
    static Way way(Checked.Valid asked, Identifier typed) {
        return Way.of(typed, address(asked), address(asked));
    }

    /** A mail with a code, and whom it was asked for. */
    record Mailed(Checked.Valid asked, UUID requestId, String matchPhrase, Identifier typed) {}

    /** The question itself. */
    MutableHttpResponse<?> consent(HttpRequest<?> request, PageSession session, Checked.Valid asked) {
        languages.of(session.accountId()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        MutableHttpResponse<?> page = Pages.show(
                HttpStatus.OK,
                "oauth/consent",
                "asking",
                Asking.of(asked),
                "action",
                address(asked),
                OwnForms.CSRF,
                session.csrf(),
                "email",
                session.account().email().value(),
                "reads",
                asked.scopes().contains(GrantScope.READ),
                "proposes",
                asked.scopes().contains(GrantScope.PROPOSE),
                "goesOn",
                asked.scopes().contains(GrantScope.OFFLINE));
        return Pages.leadingTo(page, Asking.source(asked.redirectUri()));
    }

    /** A request that nobody can be asked about. */
    MutableHttpResponse<?> unusable(Checked.Reason reason) {
        String words =
                "authorize.unusable." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Pages.show(HttpStatus.BAD_REQUEST, "oauth/unusable", "words", words);
    }
}
