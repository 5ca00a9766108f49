package dev.latchkey.magiclink;

/** Why a token opens nothing. */
public enum LinkRefusal {
    /** Never issued, malformed, altered, or made for another purpose. */
    UNKNOWN,
    /** Its time ran out. */
    EXPIRED,
    /** It was used once, which is all it is good for. */
    USED,
    /** Another link of the account was used after it was asked for. */
    REVOKED
}
