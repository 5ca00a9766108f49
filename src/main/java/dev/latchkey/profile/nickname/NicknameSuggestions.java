package dev.latchkey.profile.nickname;

import dev.latchkey.profile.Profiles;
import dev.latchkey.text.Resources;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Thinks of pleasant nicknames that nobody has: an adjective and an animal, {@code amber_falcon}, with a number only
 * where all plain ones that came to mind are taken.
 *
 * <p>Free when asked, not kept: somebody else may take a suggestion first, which the Save then says.
 */
@Singleton
public final class NicknameSuggestions {
    /** Most suggestions for one question. */
    public static final int MOST = 20;

    /** Ways to tell people of one name apart, from short numbers to such that there are always free ones. */
    private static final List<Integer> NUMBERS = List.of(100, 10_000, 1_000_000);

    private final Profiles profiles;
    private final SecureRandom random;
    private final List<String> adjectives;
    private final List<String> animals;

    NicknameSuggestions(Profiles profiles, SecureRandom random) {
        this.profiles = profiles;
        this.random = random;
        // Fine words for a phrase that one sees once, but not beside each other as somebody's name.
        Set<String> gaps = Set.copyOf(Resources.words("nickname-gaps"));
        adjectives = without(gaps, "adjectives");
        animals = without(gaps, "animals");
    }

    /** Different nicknames that are free now. */
    public List<String> free(int count) {
        while (true) {
            Set<String> ideas = ideas(count);
            Set<String> taken = new HashSet<>(profiles.nicknamesAmong(ideas));
            List<String> free = ideas.stream()
                    .filter(idea -> !taken.contains(idea))
                    .limit(count)
                    .toList();
            if (free.size() == count) {
                return free;
            }
        }
    }

    /** Plain names first, so numbers come only after them. */
    private Set<String> ideas(int count) {
        Set<String> ideas = new LinkedHashSet<>();
        while (ideas.size() < count) {
            ideas.add(plain());
        }
        for (int most : NUMBERS) {
            for (int i = 0; i < count; i++) {
                // Never 0 or 1, which nobody would say aloud.
                ideas.add(plain() + random.nextInt(2, most));
            }
        }
        return ideas;
    }

    private String plain() {
        return oneOf(adjectives) + "_" + oneOf(animals);
    }

    private String oneOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static List<String> without(Set<String> gaps, String words) {
        return Resources.words(words).stream()
                .filter(word -> !gaps.contains(word))
                .toList();
    }
}
