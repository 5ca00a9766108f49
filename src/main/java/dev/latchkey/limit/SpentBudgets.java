package dev.latchkey.limit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The budgets that are not full. Times are microseconds since 1970. */
@JdbcRepository(dialect = Dialect.ANSI)
interface SpentBudgets extends GenericRepository<SpentBudget, String> {

    /**
     * Takes one from a budget, whoever else does at the same moment; the first one begins it.
     *
     * @param latest how long it may take to be full before one is taken
     * @param farthest longer than it can take: whatever says more was written by a clock that was ahead
     * @return 0 when too little is left
     */
    @Query("""
            INSERT INTO budgets (digest, full_at) VALUES (:digest, :now + :interval)
            ON CONFLICT (digest) DO UPDATE SET full_at = :interval + CASE
            WHEN budgets.full_at > :now AND budgets.full_at <= :farthest THEN budgets.full_at ELSE :now END
            WHERE budgets.full_at <= :latest OR budgets.full_at > :farthest""")
    int take(String digest, long interval, long now, long latest, long farthest);

    @Query("UPDATE budgets SET full_at = full_at - :interval WHERE digest = :digest")
    int giveBack(String digest, long interval);

    Optional<SpentBudget> findById(String digest);

    @Query("DELETE FROM budgets WHERE digest = :digest")
    int remove(String digest);

    /** Those that were full again before, in the order of their digests. */
    @Query("SELECT digest FROM budgets WHERE digest > :after AND full_at < :before ORDER BY digest LIMIT :most")
    List<String> findFull(String after, long before, int most);

    @Query("DELETE FROM budgets WHERE digest IN (:digests) AND full_at < :before")
    int removeFull(List<String> digests, long before);
}
