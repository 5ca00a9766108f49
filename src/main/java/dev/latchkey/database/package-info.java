/**
 * One set of repositories on SQLite and on PostgreSQL: data sources, migrations, failures, and what is done in small
 * batches. Start with {@link dev.latchkey.database.DatabaseFailure} for what a caller may meet, and with {@code database.sqlite} for the
 * single writer. Nothing here knows a table.
 */
@NullMarked
package dev.latchkey.database;

import org.jspecify.annotations.NullMarked;
