package dev.latchkey.profile.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latchkey.account.DemoAccountCheck;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.text.InvisibleCharacters;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes over existing users from a CSV file ({@link CsvFile}) with a header, whose columns are {@code email}, and
 * optionally {@code name}, {@code locale} and {@code pin}. The file is streamed; running it again adds only what is
 * missing, so an interrupted import is simply started once more.
 */
@Singleton
public final class AccountImport {
    private static final int BATCH = 1_000;
    private static final String UNREADABLE =
            "The file cannot be read as UTF-8 text: save it as \"CSV UTF-8\" (or as Unicode text)";

    private final Arrivals arrivals;
    private final Provider<Rehearsal> rehearsals;
    private final @Nullable DemoAccountCheck demos;

    AccountImport(Arrivals arrivals, Provider<Rehearsal> rehearsals, @Nullable DemoAccountCheck demos) {
        this.arrivals = arrivals;
        this.rehearsals = rehearsals;
        this.demos = demos;
    }

    /**
     * Imports a file.
     *
     * @param listener told of refused lines as they come, and of progress
     * @throws Unusable when the file cannot be read or has no {@code email} column; whole batches before the trouble
     *     stay
     * @throws UnusableSetting where nobody would be served beside the demo accounts that are there
     */
    public Counts run(Path file, Listener listener) {
        return run(file, arrivals, listener);
    }

    /**
     * Does all but add anybody: what {@link #run} would tell now.
     *
     * @throws Unusable as that would
     */
    public Counts rehearse(Path file, Listener listener) {
        return run(file, rehearsals.get(), listener);
    }

    private Counts run(Path file, Step step, Listener listener) {
        if (demos != null) {
            demos.check();
        }
        try (CsvFile csv = CsvFile.open(file)) {
            if (csv.charset().equals(CsvFile.EXCEL)) {
                listener.notice("The file is not UTF-8 and was read as " + csv.charset()
                        + "; if names look wrong, save it as \"CSV UTF-8\" and correct them.");
            }
            Iterator<CsvRecord> lines = csv.iterator();
            return lines.hasNext()
                    ? run(ImportLine.Columns.of(lines.next().getFields()), lines, step, listener)
                    : new Counts(0, 0, 0);
        } catch (CsvParseException e) {
            throw new Unusable("The file is not a CSV file: " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new Unusable(UNREADABLE, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? new Unusable(UNREADABLE, e) : unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Unusable unreadable(Exception e) {
        return new Unusable("The file cannot be read: " + e.getMessage(), e);
    }

    private static Counts run(ImportLine.Columns columns, Iterator<CsvRecord> lines, Step step, Listener listener) {
        Counts counts = new Counts(0, 0, 0);
        List<ImportLine.Person> batch = new ArrayList<>(BATCH);
        long read = 0;
        while (lines.hasNext()) {
            CsvRecord line = lines.next();
            // Spreadsheets write the rows below the last one, too, when somebody formatted them.
            if (!line.getFields().stream().allMatch(InvisibleCharacters::isAllOf)) {
                switch (columns.read(line.getStartingLineNumber(), line.getFields())) {
                    case ImportLine.Refused refused -> {
                        listener.refused(refused.number(), refused.reason());
                        counts = counts.plus(0, 0, 1);
                    }
                    case ImportLine.Person person -> batch.add(person);
                }
            }
            if (batch.size() == BATCH) {
                counts = take(batch, step, counts, listener);
            }
            if (++read % BATCH == 0) {
                listener.progress(read);
            }
        }
        return take(batch, step, counts, listener);
    }

    private static Counts take(List<ImportLine.Person> batch, Step step, Counts counts, Listener listener) {
        if (batch.isEmpty()) {
            return counts;
        }
        // Short enough that a running service is not held up.
        Step.Result result = step.take(batch);
        batch.clear();
        result.refused().forEach(refused -> listener.refused(refused.number(), refused.reason()));
        return counts.plus(result.added(), result.skipped(), result.refused().size());
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

        /** Something about the file as a whole that the operator should know. */
        void notice(String sentence);

        /** So many lines were read. */
        void progress(long lines);
    }

    /** The file as a whole cannot be imported; the message says why in words for the operator. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
