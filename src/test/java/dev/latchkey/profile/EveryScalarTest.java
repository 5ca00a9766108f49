package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.session.ClientName;
import dev.latchkey.support.Asvs;
import dev.latchkey.text.InvisibleCharacters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** Each of Unicode's 1,112,064 scalars, alone, first, within and last, in whatever people type. */
final class EveryScalarTest {
    private static final int ALL = 1_112_064;
    /** But for the locale, of which each refusal costs an exception: it is looked at once for each scalar. */
    private static final List<ProfileField> TYPED = ProfileField.TEXTS.stream()
            .filter(field -> field != ProfileField.LOCALE)
            .toList();

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Asvs({"2.2.1", "16.5.3"})
    void isKeptAsItIsShownOrRefused() {
        assertThat(scalars().count()).isEqualTo(ALL);
        assertThat(failing(c ->
                        places(c).stream().allMatch(typed -> TYPED.stream().allMatch(field -> isSound(field, typed)))))
                .isEmpty();
    }

    @Test
    void isTheSameInJsonAndOnAPage() {
        assertThat(failing(c -> {
                    String kept = kept(ProfileField.BIO, "a" + Character.toString(c) + "b");
                    return kept == null
                            || (kept.equals(throughJson(kept))
                                    && kept.equals(Parser.unescapeEntities(Entities.escape(kept), false)));
                }))
                .isEmpty();
    }

    @Test
    void isInALocaleOnlyInAscii() {
        assertThat(failing(c -> {
                    String kept = kept(ProfileField.LOCALE, "de-x-a" + Character.toString(c));
                    return kept == null || kept.chars().allMatch(letter -> letter > ' ' && letter < 0x7F);
                }))
                .isEmpty();
    }

    @Test
    void isInNoNameWhereItCannotBeSeenOrTurnsTheText() {
        assertThat(failing(c -> {
                    String alone = kept(ProfileField.NAME, Character.toString(c));
                    String within = kept(ProfileField.NAME, "a" + Character.toString(c) + "b");
                    boolean visible = alone == null || alone.isEmpty() || !InvisibleCharacters.isAllOf(alone);
                    boolean straight = within == null || within.codePoints().noneMatch(InvisibleCharacters::turnsText);
                    boolean oneLine = within == null || within.lines().count() == 1;
                    return visible && straight && oneLine;
                }))
                .isEmpty();
    }

    @Test
    void isInANicknameOnlyAsALetterDigitOrLine() {
        Set<String> shapes = new TreeSet<>();
        scalars().forEach(c -> {
            String within = kept(ProfileField.NICKNAME, "ab" + Character.toString(c) + "cd");
            if (within != null) {
                shapes.add(within.substring(2, within.length() - 2));
            }
        });
        assertThat(String.join("", shapes)).isEqualTo("0123456789_abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    @Asvs("1.3.11")
    void isInTheLocalPartOfAnAddressOnlyAsItIsTyped() {
        assertThat(failing(c -> {
                    String typed = "a" + Character.toString(c) + "b@example.com";
                    String read =
                            EmailAddress.parse(typed).map(EmailAddress::value).orElse(null);
                    return read == null || (c < 0x80 && c > ' ' && read.equals(typed.toLowerCase(Locale.ROOT)));
                }))
                .isEmpty();
    }

    @Test
    void isInADomainOnlyInAsciiAndReadTheSameAgain() {
        assertThat(failing(c -> {
                    String typed = "ada@x" + Character.toString(c) + "y.example.com";
                    String read =
                            EmailAddress.parse(typed).map(EmailAddress::value).orElse(null);
                    return read == null
                            || (StandardCharsets.US_ASCII.newEncoder().canEncode(read)
                                    && EmailAddress.parse(read)
                                            .map(EmailAddress::value)
                                            .filter(read::equals)
                                            .isPresent());
                }))
                .isEmpty();
    }

    @Test
    void isInNoNameOfAClientButAsAPlainLetter() {
        assertThat(failing(c -> ClientName.of("agent" + Character.toString(c) + "x/1.0")
                        .chars()
                        .allMatch(letter -> letter >= ' ' && letter < 0x7F)))
                .isEmpty();
    }

    /** A planted fault: a rule that lets one scalar through that it should not. */
    @Test
    void wouldFindOneAmongAll() {
        assertThat(failing(c -> c != 0x1D173)).containsExactly("U+1D173");
    }

    private static boolean isSound(ProfileField field, String typed) {
        String kept = kept(field, typed);
        if (kept == null) {
            return true;
        }
        String stored = new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return stored.equals(kept)
                && kept.equals(kept(field, kept))
                && kept.codePointCount(0, kept.length()) <= field.most()
                && kept.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    private static String throughJson(String text) {
        try {
            return JSON.readValue(JSON.writeValueAsBytes(text), String.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What is kept of a text; null where it is refused. */
    private static String kept(ProfileField field, String typed) {
        return switch (field.parse(typed)) {
            case ProfileText.Parsed.Text text -> text.value();
            case ProfileText.Parsed.Refused refused -> null;
        };
    }

    private static List<String> places(int c) {
        String scalar = Character.toString(c);
        return List.of(scalar, scalar + "ab", "a" + scalar + "b", "ab" + scalar);
    }

    private static IntStream scalars() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(c -> c < 0xD800 || c > 0xDFFF);
    }

    private static List<String> failing(IntPredicate rule) {
        return scalars()
                .filter(rule.negate())
                .mapToObj("U+%04X"::formatted)
                .limit(20)
                .toList();
    }
}
