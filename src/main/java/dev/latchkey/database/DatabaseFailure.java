package dev.latchkey.database;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.exceptions.NoConnectionException;
import io.micronaut.transaction.exceptions.CannotCreateTransactionException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * Tells trouble that passes (the database is locked, full, restarting, unreachable) from a mistake of ours: the first
 * is worth another try with the same request, the second is not.
 */
public final class DatabaseFailure {
    /**
     * Primary result codes BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN and PROTOCOL
     * (sqlite.org/rescode.html). CORRUPT is also what a read that the disk failed looks like.
     */
    private static final Set<Integer> SQLITE_CODES = Set.of(5, 6, 7, 8, 9, 10, 11, 13, 14, 15);

    /**
     * SQLSTATE classes of PostgreSQL: connection, insufficient resources, operator intervention, system error (Appendix
     * A of its manual).
     */
    private static final Set<String> SQL_STATE_CLASSES = Set.of("08", "53", "57", "58");

    /** Serialization failure, unknown outcome, deadlock, lock not available, and a primary that became a standby. */
    private static final Set<String> SQL_STATES = Set.of("40001", "40003", "40P01", "55P03", "25006");

    /** What pools and drivers say, without a state, of a connection that broke while somebody used it. */
    private static final Pattern CLOSED = Pattern.compile("(?i)\\b(closed|connection is not available|broken pipe)\\b");

    private static final int DEEPEST_CAUSE = 20;

    private DatabaseFailure() {}

    /** Whether this exception, or any that caused it, says that the database cannot work at the moment. */
    public static boolean isBehind(Throwable exception) {
        return anyCause(
                exception, cause -> cause instanceof SQLException sql ? isTrouble(sql) : isWithoutConnection(cause));
    }

    /** Whether the database refused a statement, for whatever reason: the transaction is undone. */
    public static boolean isFailure(Throwable exception) {
        return anyCause(exception, cause -> cause instanceof SQLException || isWithoutConnection(cause));
    }

    private static boolean anyCause(Throwable exception, Predicate<Throwable> what) {
        @Nullable Throwable cause = exception;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (what.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The framework hides what the driver said when a connection could not be had, or broke in its hands. */
    private static boolean isWithoutConnection(Throwable exception) {
        return exception instanceof CannotCreateTransactionException
                || (exception instanceof ConnectionException && !(exception instanceof NoConnectionException));
    }

    /** What went wrong for SQLite, without the details that its higher bits may say. */
    public static int primaryCode(SQLiteException exception) {
        return exception.getResultCode().code & 0xff;
    }

    private static boolean isTrouble(SQLException exception) {
        if (exception instanceof SQLTransientException || exception instanceof SQLRecoverableException) {
            return true;
        }
        if (exception instanceof SQLiteException sqlite) {
            return SQLITE_CODES.contains(primaryCode(sqlite));
        }
        String state = exception.getSQLState();
        if (state == null) {
            String message = exception.getMessage();
            return message != null && CLOSED.matcher(message).find();
        }
        return (SQL_STATES.contains(state)
                || (state.length() == 5 && SQL_STATE_CLASSES.contains(state.substring(0, 2))));
    }
}
