/**
 * SQLite with care, and quick with many callers: one handle that writes and commits several callers' transactions
 * together, a few that read beside it, files that are their owner's alone. Start with
 * {@link dev.latchkey.database.sqlite.SqliteDataSource}; {@code docs/decisions/0002-sqlite.md} says what it gives and what
 * would do without it.
 *
 * <pre>
 *   connections of the pool (64, owning nothing)
 *      |                                  |
 *      | first statement of a             | first statement of a
 *      | transaction that writes          | transaction that reads
 *      v                                  v
 *   SqliteTurns: a queue                SqliteReaders: permits
 *      | A   B   C  (waiting)             |
 *      v                                  v
 *   SqliteWriter: one handle            two handles a processor
 *      BEGIN  A: statements               BEGIN ... COMMIT
 *      SAVEPOINT  B: statements
 *      SAVEPOINT  C: statements
 *      COMMIT, when nobody waits or 64 are in it: A, B and C hear of it
 * </pre>
 */
@NullMarked
package dev.latchkey.database.sqlite;

import org.jspecify.annotations.NullMarked;
