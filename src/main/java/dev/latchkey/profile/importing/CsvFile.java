package dev.latchkey.profile.importing;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CSV file as spreadsheets write it: commas (RFC 4180), or what Excel writes where a comma is part of numbers, namely
 * semicolons, tabs, a first line {@code sep=;}, UTF-16 or Windows-1252. Close it.
 *
 * @param charset in which it is read
 * @param lines each with its number in the file
 */
record CsvFile(Charset charset, CsvReader<CsvRecord> lines) implements AutoCloseable {
    /** What Excel calls CSV without further words, on Windows in Western Europe and America. */
    static final Charset EXCEL = Charset.forName("windows-1252");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int LONGEST_FIRST_LINE = 64 * 1024;
    private static final Pattern SEP = Pattern.compile("\"?sep=([^\\s\"]|\t)\"?[,;\t|]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*+\"?+");

    /**
     * Opens a file.
     *
     * @throws IOException when it cannot be read, or is in UTF-8 here and in something else there
     */
    static CsvFile open(Path file) throws IOException {
        Charset charset = charsetOf(file);
        BufferedReader text = Files.newBufferedReader(file, charset);
        skipByteOrderMark(text);
        String first = firstLine(text);
        Matcher sep = SEP.matcher(first);
        boolean named = sep.matches();
        CsvReader<CsvRecord> lines = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .fieldSeparator(named ? sep.group(1).charAt(0) : separatorIn(first))
                .ofCsvRecord(text);
        if (named) {
            lines.skipLines(1);
        }
        return new CsvFile(charset, lines);
    }

    Iterator<CsvRecord> iterator() {
        return lines.iterator();
    }

    /** UTF-8 wherever it can be; a pipe is read once only, so nobody can look first. */
    private static Charset charsetOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return StandardCharsets.UTF_8;
        }
        byte[] mark;
        try (InputStream bytes = Files.newInputStream(file)) {
            mark = bytes.readNBytes(2);
        }
        if (Arrays.equals(mark, new byte[] {(byte) 0xFF, (byte) 0xFE})
                || Arrays.equals(mark, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
            return StandardCharsets.UTF_16;
        }
        // Text that is UTF-8 by chance is never long: one line of it is proof, and then another line is a mistake.
        boolean other = false;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.chars().anyMatch(c -> c >= 0x80)) {
                    if (isUtf8(line)) {
                        return StandardCharsets.UTF_8;
                    }
                    other = true;
                }
            }
        }
        return other ? EXCEL : StandardCharsets.UTF_8;
    }

    private static boolean isUtf8(String latin1) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static String firstLine(BufferedReader text) throws IOException {
        text.mark(LONGEST_FIRST_LINE);
        StringBuilder line = new StringBuilder();
        int c = text.read();
        while (c >= 0 && c != '\r' && c != '\n' && line.length() < LONGEST_FIRST_LINE - 1) {
            line.append((char) c);
            c = text.read();
        }
        text.reset();
        return line.toString();
    }

    /** The one that stands most often between the names of the columns. */
    private static char separatorIn(String header) {
        String bare = QUOTED.matcher(header).replaceAll("");
        char best = SEPARATORS[0];
        for (char candidate : SEPARATORS) {
            if (count(bare, candidate) > count(bare, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
