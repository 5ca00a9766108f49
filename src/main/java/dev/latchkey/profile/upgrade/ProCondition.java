package dev.latchkey.profile.upgrade;

import dev.latchkey.profile.ProfileView;
import dev.latchkey.text.InvisibleCharacters;
import java.util.Arrays;
import java.util.List;

/** What it takes to be PRO, each with the name that programs know it by; nothing else decides. */
public enum ProCondition {
    VERIFIED_EMAIL("emailVerified"),
    NICKNAME("nickname"),
    BIO("bio"),
    PHOTO("photo");

    private final String key;

    ProCondition(String key) {
        this.key = key;
    }

    /** Its name in answers; never changes. */
    public String key() {
        return key;
    }

    /** What an account still lacks, whatever its tier; in the order of this list. */
    public static List<ProCondition> missing(ProfileView view) {
        return Arrays.stream(values())
                .filter(condition -> !condition.isMet(view))
                .toList();
    }

    /** The same for somebody who has just proved the mailbox, where they did. */
    public static List<ProCondition> missing(ProfileView view, boolean proven) {
        return missing(view).stream()
                .filter(condition -> !proven || condition != VERIFIED_EMAIL)
                .toList();
    }

    private boolean isMet(ProfileView view) {
        String bio = view.profile().bio();
        return switch (this) {
            case VERIFIED_EMAIL -> view.account().verified();
            case NICKNAME -> view.profile().nickname() != null;
            case BIO -> bio != null && !InvisibleCharacters.isAllOf(bio);
            case PHOTO -> view.profile().photoHash() != null;
        };
    }
}
