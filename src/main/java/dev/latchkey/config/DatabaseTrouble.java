package dev.latchkey.config;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * Tells trouble that passes (the database is locked, full, restarting, unreachable) from a mistake of ours: the first
 * is worth another try with the same request, the second is not.
 */
public final class DatabaseTrouble {
    /** Primary result codes BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN and PROTOCOL (sqlite.org/rescode.html). */
    private static final Set<Integer> SQLITE_CODES = Set.of(5, 6, 8, 10, 13, 14, 15);

    /**
     * SQLSTATE classes of PostgreSQL: connection, insufficient resources, operator intervention, system error (Appendix
     * A of its manual).
     */
    private static final Set<String> SQL_STATE_CLASSES = Set.of("08", "53", "57", "58");

    /** Serialization failure, deadlock, lock not available, and a primary that became a standby. */
    private static final Set<String> SQL_STATES = Set.of("40001", "40P01", "55P03", "25006");

    private static final int DEEPEST_CAUSE = 20;

    private DatabaseTrouble() {}

    /** Whether this exception, or any that caused it, says that the database cannot work at the moment. */
    public static boolean isBehind(Throwable exception) {
        return anyCause(exception, DatabaseTrouble::isTrouble);
    }

    /** Whether the database refused a statement, for whatever reason: the transaction is undone. */
    public static boolean isFailure(Throwable exception) {
        return anyCause(exception, failure -> true);
    }

    private static boolean anyCause(Throwable exception, Predicate<SQLException> what) {
        @Nullable Throwable cause = exception;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException sql && what.test(sql)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isTrouble(SQLException exception) {
        if (exception instanceof SQLTransientException || exception instanceof SQLRecoverableException) {
            return true;
        }
        if (exception instanceof SQLiteException sqlite) {
            return SQLITE_CODES.contains(sqlite.getResultCode().code & 0xff);
        }
        String state = exception.getSQLState();
        return state != null
                && (SQL_STATES.contains(state)
                        || (state.length() == 5 && SQL_STATE_CLASSES.contains(state.substring(0, 2))));
    }
}
