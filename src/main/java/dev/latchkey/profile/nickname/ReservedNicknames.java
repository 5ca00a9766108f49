package dev.latchkey.profile.nickname;

import dev.latchkey.text.WordList;
import java.util.Set;
import java.util.regex.Pattern;

/** Nicknames that sound as if the people who run the service spoke, so nobody may have them. */
public final class ReservedNicknames {
    private static final Set<String> WORDS =
            Set.copyOf(WordList.load("reserved-nicknames").words());

    /** What changes how a word looks but not how it reads: {@code _admin_}, {@code ad_min}, {@code admin2}. */
    private static final Pattern ORNAMENT = Pattern.compile("_|[0-9_]+$");

    private ReservedNicknames() {}

    /** Whether a nickname in lower case is one of them, perhaps with underscores or a number. */
    public static boolean covers(String nickname) {
        return WORDS.contains(nickname)
                || WORDS.contains(ORNAMENT.matcher(nickname).replaceAll(""));
    }
}
