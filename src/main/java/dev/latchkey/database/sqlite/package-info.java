/**
 * SQLite with care: one writing connection that commits several callers' transactions together, readers beside it, and
 * files that are their owner's alone. Start with {@link dev.latchkey.database.sqlite.SqliteDataSources}.
 */
@NullMarked
package dev.latchkey.database.sqlite;

import org.jspecify.annotations.NullMarked;
