package dev.latchkey.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.function.IntPredicate;

/**
 * Characters that leave nothing to see: white space, Unicode's Default_Ignorable_Code_Point, and the blanks that count as
 * letters or symbols. They come along when people copy from chats, contacts and web pages.
 */
public final class InvisibleCharacters {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private InvisibleCharacters() {}

    /** Whether this code point leaves nothing to see, wherever it stands. */
    public static boolean is(int point) {
        return isSpace(point)
                || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || isBlank(point);
    }

    /** Blanks that Unicode counts as symbols, letters or marks. */
    private static boolean isBlank(int point) {
        return switch (point) {
            case 0x2800, 0xFFFC, 0x13441, 0x13442, 0x16FE4, 0x1D159 -> true;
            default -> false;
        };
    }

    /** The joiners, which have a meaning between the letters of Persian, Indic scripts and emoji. */
    public static boolean isJoiner(int point) {
        return point == NON_JOINER || point == JOINER;
    }

    /** Whether nothing in the text can be seen; marks need a letter to sit on. */
    public static boolean isAllOf(String text) {
        return text.codePoints().noneMatch(point -> !is(point) && hasShape(point));
    }

    /** A character of a later Unicode than the JDK's is taken to have one. */
    private static boolean hasShape(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            case Character.UNASSIGNED -> (point & 0xFFFE) != 0xFFFE && (point < 0xFDD0 || point > 0xFDEF);
            default -> true;
        };
    }

    /**
     * The text without what cannot be seen around it; for what is written in ASCII or ends in a domain. A joiner at the
     * end only goes where it has no meaning, after ASCII.
     */
    public static String trim(String text) {
        int start = 0;
        while (start < text.length() && is(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        int end = endOfSeen(text, start, InvisibleCharacters::is);
        boolean afterAscii = end > start && text.charAt(end - 1) < 0x80;
        return text.substring(start, afterAscii ? end : endOfSeen(text, start, point -> is(point) && !isJoiner(point)));
    }

    private static int endOfSeen(String text, int start, IntPredicate unseen) {
        int end = text.length();
        while (end > start && unseen.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return end;
    }

    /** The text without white space around it, and without what is only copied along with it. */
    public static String trimName(String text) {
        int start = 0;
        while (start < text.length() && isAround(text.charAt(start))) {
            start++;
        }
        return text.substring(start, endOfSeen(text, start, InvisibleCharacters::isAround));
    }

    /** The text without anything that cannot be seen. */
    public static String remove(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().filter(point -> !is(point)).forEach(seen::appendCodePoint);
        return seen.toString();
    }

    /** Whether it turns the direction of the text after it, beyond its own end if nothing closes it (UAX 9). */
    public static boolean turnsText(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }

    private static boolean isAround(int c) {
        return isSpace(c) || turnsText(c) || c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
    }

    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
    }
}
