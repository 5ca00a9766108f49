package dev.latchkey.bounce;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which feedback about a mail is a complaint of whoever got it (RFC 5965, section 7.3, and those registered since). */
public final class Complaints {
    /** That it is none after all, that a signature was wrong, that somebody's filter found something. */
    private static final Set<String> OTHERS = Set.of("not-spam", "auth-failure", "dmarc", "virus");

    private Complaints() {}

    /** Whether feedback of that type counts; where the type is not told, it does. */
    public static boolean count(@Nullable String type) {
        return type == null || !OTHERS.contains(type.strip().toLowerCase(Locale.ROOT));
    }
}
