package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final LinkTokens tokens = Contexts.shared(Database.SQLITE, Map.of()).getBean(LinkTokens.class);

    @ParameterizedTest
    @EnumSource
    @Asvs({"6.5.3", "6.5.4"})
    void writesSmallLettersAndDigitsAloneSoThatNoReaderCutsALink(LinkPurpose purpose) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String linkId = tokens.newLinkId(NOW.plusSeconds(i));
            String token = tokens.mint(linkId, purpose);
            assertThat(token).matches("[0-9a-z]{56}");
            assertThat(tokens.linkIdOf(token, purpose)).contains(linkId);
            all.add(token);
        }
        assertThat(all).hasSize(2_000);
    }

    @Test
    void knowsATokenInNoOtherSpellingAndForNoOtherPurpose() {
        String token = tokens.mint(tokens.newLinkId(NOW), LinkPurpose.EDIT_PROFILE);
        assertThat(tokens.mint(token.substring(0, 31), LinkPurpose.EDIT_PROFILE))
                .as("the same every time")
                .isEqualTo(token);
        assertThat(tokens.linkIdOf(token, LinkPurpose.CONFIRM_EMAIL)).isEmpty();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'x' ? 'y' : 'x';
            assertUnknown(token.substring(0, i) + other + token.substring(i + 1));
            assertUnknown(token.substring(0, i) + token.substring(i + 1));
        }
        assertUnknown(token.toUpperCase(Locale.ROOT));
        assertUnknown("0" + token);
        assertUnknown(token + "0");
        assertUnknown(token.substring(31));
        assertUnknown(tokens.mint("", LinkPurpose.EDIT_PROFILE));
        assertUnknown("");
    }

    @Test
    void givesIdsThatSortByTime() {
        String before = tokens.newLinkId(NOW);
        assertThat(tokens.newLinkId(NOW.plusSeconds(1))).isGreaterThan(before);
        assertThat(tokens.newLinkId(NOW.plusSeconds(100_000_000))).isGreaterThan(before);
    }

    @Test
    void givesIdsOfOneSecondThatNobodyCanGuessFromEachOther() {
        String one = tokens.newLinkId(NOW);
        String other = tokens.newLinkId(NOW);
        assertThat(other.substring(other.length() - 20)).isNotEqualTo(one.substring(one.length() - 20));
    }

    private void assertUnknown(String token) {
        assertThat(tokens.linkIdOf(token, LinkPurpose.EDIT_PROFILE)).as(token).isEmpty();
    }
}
