package dev.latchkey.webhook;

import java.util.Locale;

/** What can happen to an account. */
public enum EventType {
    /** There is a new one, which nobody may have confirmed yet. */
    ACCOUNT_CREATED,
    /** Somebody proved the mailbox. */
    ACCOUNT_VERIFIED,
    /** An operator closed every way in. */
    ACCOUNT_BLOCKED,
    /** Nothing is left of it. */
    ACCOUNT_DELETED,
    /** Fields hold something else. */
    PROFILE_CHANGED,
    /** A change was taken back, and fields hold again what they held before it. */
    PROFILE_UNDONE,
    /** It has another address. */
    EMAIL_CHANGED;

    /** As it is written in messages, such as {@code account.created}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
