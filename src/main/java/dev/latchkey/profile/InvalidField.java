package dev.latchkey.profile;

/**
 * A field that was refused.
 *
 * @param field which
 * @param reason why
 */
public record InvalidField(ProfileField field, Reason reason) {

    /** Why a field is refused; callers put it into words. */
    public enum Reason {
        TOO_SHORT,
        TOO_LONG,
        CONTROL_CHARACTERS,
        INVISIBLE,
        ILL_FORMED,
        UNKNOWN_LANGUAGE,
        TAKEN,
        RESERVED,
        COMMON,
        SAME_AS_EMAIL,
        /** Only for those who proved their mailbox. */
        UNCONFIRMED
    }
}
