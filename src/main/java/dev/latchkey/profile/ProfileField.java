package dev.latchkey.profile;

import java.util.Locale;

/** What a person can change about themselves, in the order in which changes are told. */
public enum ProfileField {
    BIO,
    LOCALE,
    NAME,
    NICKNAME,
    PASSPHRASE,
    PHOTO;

    /** The name used in JSON, forms and history. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
