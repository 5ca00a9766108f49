package dev.latchkey.credential;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.matchers.Dictionary;
import dev.latchkey.config.Brand;
import dev.latchkey.config.BrandSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which passphrases are refused: NIST SP 800-63B-4 section 3.1.1.2. Length counts in code points, there are no
 * composition rules, and what everybody tries first is out: the common ones, and the name of the service or of the
 * operator, with whatever digits and signs around it.
 */
@Singleton
public final class PassphrasePolicy {
    public static final int LEAST = 8;
    public static final int MOST = 128;

    /** What says where one is and nothing of the person, with or without signs around it. */
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

    private final Set<String> names;
    private @Nullable Set<String> common;

    PassphrasePolicy(Brand brand) {
        names = Stream.of(BrandSettings.DEFAULT_NAME, brand.name())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .flatMap(name -> Stream.of(name, name.replace(" ", "")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Says why a passphrase is refused.
     *
     * @param email the address of the account, which is no secret and so no passphrase
     * @return empty when it is good
     */
    public Optional<Refusal> check(String passphrase, String email) {
        int length = passphrase.codePointCount(0, passphrase.length());
        if (length < LEAST) {
            return Optional.of(Refusal.TOO_SHORT);
        }
        if (length > MOST) {
            return Optional.of(Refusal.TOO_LONG);
        }
        if (passphrase.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            return Optional.of(Refusal.UNREADABLE);
        }
        String folded = passphrase.strip().toLowerCase(Locale.ROOT);
        if (folded.equals(email)) {
            return Optional.of(Refusal.SAME_AS_EMAIL);
        }
        return common().contains(folded)
                        || oneCharacter(folded)
                        || names.contains(AROUND.matcher(folded).replaceAll(""))
                ? Optional.of(Refusal.COMMON)
                : Optional.empty();
    }

    private static boolean oneCharacter(String text) {
        return text.codePoints().distinct().count() <= 1;
    }

    /** Read on first use, by one for all: most processes live long before anybody sets a passphrase. */
    private synchronized Set<String> common() {
        Set<String> known = common;
        if (known == null) {
            try {
                Dictionary passwords = StandardDictionaries.PASSWORDS_LOADER.load();
                known = new HashSet<>(passwords.getFrequencies());
                known.removeIf(entry -> entry.length() < LEAST);
                known = Set.copyOf(known);
            } catch (IOException e) {
                throw new UncheckedIOException("The list of common passphrases is part of the jar", e);
            }
            common = known;
        }
        return known;
    }

    /** Why a passphrase is not good enough. */
    public enum Refusal {
        TOO_SHORT,
        TOO_LONG,
        COMMON,
        SAME_AS_EMAIL,
        UNREADABLE
    }
}
