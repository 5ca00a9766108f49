/**
 * Everything that the product keeps in one file, and back: rows of whichever database, and photos of whichever place. Start
 * with {@link dev.latchkey.backup.BackupService}, {@link dev.latchkey.backup.RestoreService} and {@code docs/backup.md},
 * which says what is in the file. What must not come back with the rows each feature ends by itself, as a {@link
 * dev.latchkey.database.RestoredRows}.
 */
@NullMarked
package dev.latchkey.backup;

import org.jspecify.annotations.NullMarked;
