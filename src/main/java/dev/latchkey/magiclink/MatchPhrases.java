package dev.latchkey.magiclink;

import dev.latchkey.text.WordList;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Makes the two plain words by which a person knows which mail and which page belong to their request. */
@Singleton
final class MatchPhrases {
    private final WordList adjectives = WordList.load("adjectives");
    private final WordList animals = WordList.load("animals");
    private final SecureRandom random;

    MatchPhrases(SecureRandom random) {
        this.random = random;
    }

    String next() {
        return adjectives.pick(random) + " " + animals.pick(random);
    }
}
