package dev.latchkey.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PassphrasesTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final HashingThreads threads = new HashingThreads(1);
    private final Passphrases passphrases = new Passphrases(new SecureRandom(), threads);

    @AfterEach
    void stop() {
        threads.stop();
    }

    @Test
    @Asvs("6.2.8")
    void knowsTheLongestPassphraseInEitherFormOfItsLetters() {
        String longest = "\u1F82".repeat(PassphrasePolicy.MOST);
        String stored = passphrases.hash(longest);
        assertThat(passphrases.matches(longest, stored, "")).isTrue();
        assertThat(passphrases.matches(Normalizer.normalize(longest, Normalizer.Form.NFD), stored, ""))
                .isTrue();
        assertThat(passphrases.matches(longest + "x".repeat(2_000), stored, "")).isFalse();
    }

    @Test
    void storesTheSamePassphraseDifferentlyEachTime() {
        assertThat(passphrases.hash(PASSPHRASE)).isNotEqualTo(passphrases.hash(PASSPHRASE));
    }

    @Test
    void matchesTheRightOneAloneAndNoneWhereNoneIsStored() {
        String stored = passphrases.hash(PASSPHRASE);
        assertThat(passphrases.matchesOrPretend(PASSPHRASE, stored, "")).isTrue();
        assertThat(passphrases.matchesOrPretend("seven quiet otter", stored, ""))
                .isFalse();
        assertThat(passphrases.matchesOrPretend(PASSPHRASE, null, "")).isFalse();
    }

    @Test
    void looksAtAsMuchAsAnyPassphraseCanTakeAndAtNoMore() {
        String most = "x".repeat(1_024);
        String stored = passphrases.hash(most);
        assertThat(passphrases.matches(most, stored, "")).isTrue();
        assertThat(passphrases.matches(most + "x", stored, "")).isFalse();
    }

    @Test
    void tellsWhatWasHashedWithLessThanToday() {
        assertThat(passphrases.isOutdated(WeakHashes.of(PASSPHRASE))).isTrue();
        assertThat(passphrases.isOutdated(passphrases.hash(PASSPHRASE))).isFalse();
    }

    @Test
    void letsNobodyKeepTheProcessorBusyWithTextThatIsHardToCompose() {
        String hard = "\u0315".repeat(60_000) + "\u0316".repeat(60_000);
        long began = System.nanoTime();
        assertThat(passphrases.matchesOrPretend(hard, null, "somebody")).isFalse();
        // Composing all of it would take some ten seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }
}
