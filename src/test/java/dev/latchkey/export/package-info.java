/** What people take along, on both databases. */
@NullMarked
package dev.latchkey.export;

import org.jspecify.annotations.NullMarked;
