package dev.latchkey.profile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes over existing users from a CSV file (RFC 4180, UTF-8, with a header) whose columns are {@code email}, and
 * optionally {@code name}, {@code locale} and {@code pin}. The file is streamed; running it again adds only what is
 * missing, so an interrupted import is simply started once more.
 */
@Singleton
public final class AccountImport {
    private static final int BATCH = 1_000;
    private static final String EMAIL = "email";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ImportBatches batches;

    AccountImport(ImportBatches batches) {
        this.batches = batches;
    }

    /**
     * Imports a file.
     *
     * @param listener told of refused lines as they come, and of progress
     * @throws Unusable when the file cannot be read or has no {@code email} column; whole batches before the trouble
     *     stay
     */
    public Counts run(Path file, Listener listener) {
        try (BufferedReader text = Files.newBufferedReader(file)) {
            skipByteOrderMark(text);
            return run(CsvReader.builder().skipEmptyLines(true).ofNamedCsvRecord(text), listener);
        } catch (CsvParseException e) {
            throw new Unusable("The file is not a CSV file: " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new Unusable("The file cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /** Spreadsheets write one; here it would become part of the first column's name. */
    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private Counts run(Iterable<NamedCsvRecord> lines, Listener listener) {
        Counts counts = new Counts(0, 0, 0);
        List<ImportLine.Person> batch = new ArrayList<>(BATCH);
        long read = 0;
        for (NamedCsvRecord line : lines) {
            switch (ImportLine.parse(line.getStartingLineNumber(), columns(line))) {
                case ImportLine.Refused refused -> {
                    listener.refused(refused.number(), refused.reason());
                    counts = counts.plus(0, 0, 1);
                }
                case ImportLine.Person person -> batch.add(person);
            }
            if (batch.size() == BATCH) {
                counts = write(batch, counts, listener);
            }
            if (++read % BATCH == 0) {
                listener.progress(read);
            }
        }
        return write(batch, counts, listener);
    }

    private Counts write(List<ImportLine.Person> batch, Counts counts, Listener listener) {
        if (batch.isEmpty()) {
            return counts;
        }
        ImportBatches.Result result = batches.add(batch);
        batch.clear();
        result.refused().forEach(refused -> listener.refused(refused.number(), refused.reason()));
        return counts.plus(result.added(), result.skipped(), result.refused().size());
    }

    private static Map<String, String> columns(NamedCsvRecord line) {
        Map<String, String> columns = new HashMap<>();
        for (String header : line.getHeader()) {
            line.findField(header).ifPresent(value -> columns.put(header.strip().toLowerCase(Locale.ROOT), value));
        }
        if (line.getHeader().stream().noneMatch(header -> header.strip().equalsIgnoreCase(EMAIL))) {
            throw new Unusable("The first line must name the columns, one of them 'email'", null);
        }
        return columns;
    }

    /** How the lines of a file ended. */
    public record Counts(long added, long skipped, long refused) {
        Counts plus(long moreAdded, long moreSkipped, long moreRefused) {
            return new Counts(added + moreAdded, skipped + moreSkipped, refused + moreRefused);
        }
    }

    /** Hears of an import while it runs. */
    public interface Listener {

        /** A line was not taken over. */
        void refused(long line, String reason);

        /** So many lines were read. */
        void progress(long lines);
    }

    /** The file as a whole cannot be imported; the message says why in words for the operator. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
