package dev.latchkey.text;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MeyersDiffWithLinearSpace;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which words are different between two texts, for people to read. Where a script puts no spaces between words, its
 * characters stand for them.
 *
 * @param pieces in reading order: the kept and the removed ones make the old text, the kept and the added ones the new
 */
public record WordDifference(List<Piece> pieces) {
    /** Blanks, one character of a script that writes without them, or everything else up to the next of these. */
    private static final Pattern TOKEN = Pattern.compile("\\s+|[UNSPACED]\\p{M}*|[^\\sUNSPACED]+"
            .replace(
                    "UNSPACED",
                    "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}"));

    /**
     * Comparing takes up to as many steps as there are pairs of tokens between the first and the last difference. Where
     * that would be more, all between them is taken for new.
     */
    private static final int MOST_PAIRS = 2_000_000;

    private static final String ELLIPSIS = "…";
    /** Tokens that are left of what was kept before and after a change; every other one is a blank. */
    private static final int AROUND = 9;
    /** Characters of one change that are shown in brief, and of all together. */
    private static final int BRIEF_CHANGE = 160;

    private static final int BRIEF = 800;

    public WordDifference {
        pieces = List.copyOf(pieces);
    }

    /** What became of a piece of text. */
    public enum Kind {
        KEPT,
        REMOVED,
        ADDED
    }

    /** Some words in a row. */
    public record Piece(Kind kind, String text) {
        /** Whether only the old text has it. */
        public boolean removed() {
            return kind == Kind.REMOVED;
        }

        /** Whether only the new text has it. */
        public boolean added() {
            return kind == Kind.ADDED;
        }
    }

    /** Compares two texts. */
    public static WordDifference between(String before, String after) {
        List<String> old = tokens(before);
        List<String> now = tokens(after);
        List<Piece> pieces = new ArrayList<>();
        int keptUntil = 0;
        for (Change change : changes(old, now)) {
            add(pieces, Kind.KEPT, old.subList(keptUntil, change.startOriginal));
            add(pieces, Kind.REMOVED, old.subList(change.startOriginal, change.endOriginal));
            add(pieces, Kind.ADDED, now.subList(change.startRevised, change.endRevised));
            keptUntil = change.endOriginal;
        }
        add(pieces, Kind.KEPT, old.subList(keptUntil, old.size()));
        return new WordDifference(pieces);
    }

    /** The same for somewhere narrow: some words around each change, and an ellipsis for what is left out. */
    public WordDifference brief() {
        List<Piece> brief = new ArrayList<>();
        int shown = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (shown > BRIEF) {
                brief.add(new Piece(Kind.KEPT, ELLIPSIS));
                break;
            }
            String text = piece.kind() == Kind.KEPT
                    ? around(tokens(piece.text()), i == 0, i == pieces.size() - 1)
                    : start(piece.text());
            shown += text.length();
            brief.add(new Piece(piece.kind(), text));
        }
        return new WordDifference(brief);
    }

    /** The old text, as far as the pieces hold it. */
    public String before() {
        return joined(Kind.ADDED);
    }

    /** The new text, likewise. */
    public String after() {
        return joined(Kind.REMOVED);
    }

    private String joined(Kind without) {
        return pieces.stream()
                .filter(piece -> piece.kind() != without)
                .map(Piece::text)
                .collect(Collectors.joining());
    }

    private static List<Change> changes(List<String> old, List<String> now) {
        Change all = trimmed(old, now, change(0, old.size(), 0, now.size()));
        if ((long) (all.endOriginal - all.startOriginal) * (all.endRevised - all.startRevised) > MOST_PAIRS) {
            return List.of(all);
        }
        List<Change> joined = new ArrayList<>();
        for (Change change : new MeyersDiffWithLinearSpace<String>().computeDiff(old, now, null)) {
            Change last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && isBlank(old.subList(last.endOriginal, change.startOriginal))) {
                // A blank between two changes is no reason to stop reading.
                joined.removeLast();
                joined.add(change(last.startOriginal, change.endOriginal, last.startRevised, change.endRevised));
            } else {
                joined.add(change);
            }
        }
        joined.replaceAll(change -> trimmed(old, now, change));
        return joined;
    }

    /** Without what is the same at its ends. */
    private static Change trimmed(List<String> old, List<String> now, Change change) {
        int most = Math.min(change.endOriginal - change.startOriginal, change.endRevised - change.startRevised);
        int head = 0;
        while (head < most && old.get(change.startOriginal + head).equals(now.get(change.startRevised + head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && old.get(change.endOriginal - 1 - tail).equals(now.get(change.endRevised - 1 - tail))) {
            tail++;
        }
        return change(
                change.startOriginal + head,
                change.endOriginal - tail,
                change.startRevised + head,
                change.endRevised - tail);
    }

    private static Change change(int startOld, int endOld, int startNew, int endNew) {
        return new Change(DeltaType.CHANGE, startOld, endOld, startNew, endNew);
    }

    private static boolean isBlank(List<String> tokens) {
        return tokens.stream().allMatch(String::isBlank);
    }

    private static void add(List<Piece> pieces, Kind kind, List<String> tokens) {
        if (!tokens.isEmpty()) {
            pieces.add(new Piece(kind, String.join("", tokens)));
        }
    }

    /** The end of what was kept before the first change, the start of what was kept after the last one, else both. */
    private static String around(List<String> tokens, boolean first, boolean last) {
        int head = first ? 0 : AROUND;
        int tail = last ? 0 : AROUND;
        if (tokens.size() <= head + tail + 1) {
            return String.join("", tokens);
        }
        return String.join("", tokens.subList(0, head))
                + ELLIPSIS
                + String.join("", tokens.subList(tokens.size() - tail, tokens.size()));
    }

    private static String start(String text) {
        return text.codePointCount(0, text.length()) <= BRIEF_CHANGE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, BRIEF_CHANGE)) + ELLIPSIS;
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
