/** Backups from either database to either, of a server that is busy, on disks that are full. */
@NullMarked
package dev.latchkey.backup;

import org.jspecify.annotations.NullMarked;
