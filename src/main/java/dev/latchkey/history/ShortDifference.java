package dev.latchkey.history;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Two texts, short enough for a mail: what both begin and end with is left out but for a few words, and whatever is
 * still too long is cut.
 *
 * @param was the earlier, with dots for what is left out
 * @param is the later, likewise
 */
record ShortDifference(String was, String is) {
    /** Characters of common text that are kept on either side, to the end of a word. */
    private static final int AROUND = 24;

    private static final int LONGEST = 240;
    private static final String DOTS = "…";

    static ShortDifference of(String was, String is) {
        String one = was.replace('\n', ' ');
        String other = is.replace('\n', ' ');
        if (one.isEmpty() || other.isEmpty() || Math.max(one.length(), other.length()) <= LONGEST / 2) {
            return new ShortDifference(cut(one), cut(other));
        }
        int least = Math.min(one.length(), other.length());
        int first = 0;
        while (first < least && one.charAt(first) == other.charAt(first)) {
            first++;
        }
        int last = 0;
        while (last < least - first && one.charAt(one.length() - 1 - last) == other.charAt(other.length() - 1 - last)) {
            last++;
        }
        int from = wordBefore(one, Math.max(0, first - AROUND));
        int after = Math.max(0, last - AROUND);
        return new ShortDifference(part(one, from, one.length() - after), part(other, from, other.length() - after));
    }

    private static int wordBefore(String text, int index) {
        if (index == 0 || index >= text.length()) {
            return Math.min(index, text.length());
        }
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        return words.isBoundary(index) ? index : Math.max(0, words.preceding(index));
    }

    private static String part(String text, int from, int to) {
        int end = to >= text.length() ? text.length() : wordAfter(text, to);
        String part = text.substring(Math.min(from, end), end).strip();
        return (from > 0 ? DOTS : "") + cut(part) + (end < text.length() ? DOTS : "");
    }

    private static int wordAfter(String text, int index) {
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        return words.isBoundary(index) ? index : words.following(index);
    }

    /** Never in the middle of what is one character to its reader. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return text.substring(0, characters.preceding(LONGEST)).strip() + DOTS;
    }
}
