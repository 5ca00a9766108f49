package dev.latchkey.credential;

/** Why a passphrase is not good enough. */
public enum PassphraseRefusal {
    TOO_SHORT,
    TOO_LONG,
    COMMON,
    SAME_AS_EMAIL,
    UNREADABLE
}
