package dev.latchkey.api.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be wrong with a call; {@code /problems/<slug>} explains each of them. */
public enum ProblemType {
    INVALID_REQUEST(
            400,
            "The request cannot be understood",
            "Something in the request is missing, malformed or of the wrong type. Correct it and send it again; nothing"
                    + " was changed."),
    UNAUTHORIZED(
            401,
            "A valid key is needed",
            "The Authorization header carries no key, or one that this server does not know. Nothing was done."),
    TOKEN_MISSING(
            401,
            "An access token is needed",
            "The Authorization header carries no bearer token. Sign in, and send the token that you get."),
    TOKEN_INVALID(
            401,
            "The access token is not valid",
            "The bearer token is malformed, was not issued by this server, or was revoked: by signing out, by a new"
                    + " passphrase, or by the end of the account. Sign in again."),
    TOKEN_EXPIRED(401, "The access token has expired", "A bearer token is good for a limited time. Sign in again."),
    INVALID_CREDENTIALS(
            401,
            "The credentials are not valid",
            "The e-mail address or the passphrase is wrong; nobody is told which. Nothing was changed."),
    ACCOUNT_BLOCKED(
            403, "The account is blocked", "This account cannot be changed. Ask the people who run this service."),
    FORBIDDEN(403, "Not allowed", "This server does not do that for this caller."),
    NOT_FOUND(404, "Nothing here", "There is nothing at this address. Check it for typing mistakes."),
    USER_NOT_FOUND(404, "No such account", "No account has this e-mail address or PIN. Check it for typing mistakes."),
    REQUEST_NOT_FOUND(404, "No such request", "No request for a link has this id, or it was forgotten long ago."),
    LINK_UNKNOWN(
            404,
            "The link is not known",
            "This link was never issued, or it was cut or altered on its way. Open it from the mail again, or ask for a"
                    + " new one."),
    NO_PROFILE(404, "There is no profile yet", "The account has no profile yet: create it before you change it."),
    METHOD_NOT_ALLOWED(
            405, "The method is not allowed", "This address answers other HTTP methods: the Allow header lists them."),
    NOT_ACCEPTABLE(406, "No acceptable form", "This address has no form that the Accept header allows."),
    VERSION_CONFLICT(
            409,
            "Changed in the meantime",
            "The profile was changed after it was loaded. Nothing was saved; look at the current values and save again."),
    EMAIL_TAKEN(
            409, "The address is taken", "An account with this e-mail address exists already. Ask for a link to it."),
    PROFILE_EXISTS(
            409, "There is a profile already", "An account has one profile. Change the one that is there instead."),
    NICKNAME_TAKEN(409, "The nickname is taken", "Somebody else has this nickname. Nothing was saved; choose another."),
    ALREADY_VERIFIED(
            409, "The address is confirmed already", "Somebody opened a confirmation link of this account before."),
    UPGRADE_NOT_POSSIBLE(
            409,
            "The account cannot become PRO yet",
            "PRO takes a confirmed e-mail address, a nickname, a bio and a photo. The member missing lists what is not"
                    + " there yet; nothing was changed."),
    LINK_EXPIRED(410, "The link has expired", "A link opens the profile for a short time only. Ask for a new link."),
    LINK_USED(410, "The link was used", "A link saves once. Ask for a new link to change something else."),
    LINK_REVOKED(
            410,
            "The link was withdrawn",
            "Saving with another link withdrew this one, or the account was changed. Ask for a new link."),
    PRECONDITION_FAILED(
            412,
            "Changed in the meantime",
            "The If-Match header names a version that is not the current one. Nothing was saved; look at the current"
                    + " values and save again."),
    TOO_LARGE(413, "Too large", "The request, or a file in it, is larger than this server takes."),
    URI_TOO_LONG(414, "The address is too long", "The address of the request is longer than this server takes."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "The content type is not supported", "This address takes another Content-Type than the request has."),
    UNSUPPORTED_PHOTO(415, "The photo cannot be used", "A photo must be a JPEG, PNG or WebP image. Nothing was saved."),
    EXPECTATION_FAILED(417, "The expectation cannot be met", "Of the Expect header only 100-continue is known here."),
    INVALID_FIELDS(
            422,
            "Some fields are not valid",
            "Each entry of errors points to a field and says what is wrong with it. Nothing was saved."),
    TOO_MANY_REQUESTS(
            429, "Too many requests", "Wait for as many seconds as the Retry-After header says, then try again."),
    HEADERS_TOO_LARGE(
            431, "The headers are too large", "The headers of the request are larger than this server takes."),
    INTERNAL(
            500,
            "Something went wrong",
            "The server made a mistake. Tell the people who run this service the request id."),
    UNAVAILABLE(
            503,
            "Not available at the moment",
            "The server cannot do this right now. Nothing was changed; try again in a moment.");

    private final String slug;
    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** Its name in {@code /problems/<slug>}; never changes, as callers compare it. */
    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What it means and what to do about it, for people. */
    public String explanation() {
        return explanation;
    }

    /** The type with this slug; empty when there is none. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }
}
