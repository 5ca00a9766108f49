package dev.latchkey.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be wrong with a call, the general before the special; {@code /problems/<slug>} explains each of them.
 */
public enum ProblemType {
    INVALID_REQUEST(400),
    UNAUTHORIZED(401),
    TOKEN_MISSING(401),
    TOKEN_INVALID(401),
    TOKEN_EXPIRED(401),
    INVALID_CREDENTIALS(401),
    FORBIDDEN(403),
    ACCOUNT_BLOCKED(403),
    NOT_FOUND(404),
    USER_NOT_FOUND(404),
    REQUEST_NOT_FOUND(404),
    LINK_UNKNOWN(404),
    NO_PROFILE(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    VERSION_CONFLICT(409),
    EMAIL_TAKEN(409),
    PROFILE_EXISTS(409),
    NICKNAME_TAKEN(409),
    ALREADY_VERIFIED(409),
    UPGRADE_NOT_POSSIBLE(409),
    LINK_EXPIRED(410),
    LINK_USED(410),
    LINK_REVOKED(410),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNSUPPORTED_PHOTO(415),
    EXPECTATION_FAILED(417),
    INVALID_FIELDS(422),
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    UNAVAILABLE(503),
    /** Unlike 503, which promises that nothing was done and the link still works. */
    OUTCOME_UNKNOWN(504);

    private final String slug;
    private final int status;

    ProblemType(int status) {
        this.slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.status = status;
    }

    /** Its name in {@code /problems/<slug>}; never changes, as callers compare it. */
    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    /** What it is called, in the language of the call at hand. */
    public String title() {
        return Problem.text(slug);
    }

    /** What it means and what to do about it. */
    public String explanation() {
        return Problem.text(slug + ".help");
    }

    /** Whether the same request is worth another try after a while. */
    boolean passes() {
        return this == UNAVAILABLE || this == TOO_MANY_REQUESTS || this == OUTCOME_UNKNOWN;
    }

    /** The type with this slug; empty when there is none. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }

    /** What stands for a bare status, for answers that nobody gave a cause. */
    static ProblemType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status >= 500 ? INTERNAL : INVALID_REQUEST);
    }
}
