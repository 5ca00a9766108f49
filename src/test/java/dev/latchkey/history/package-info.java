/** What was changed, told and taken back, on both databases. */
@NullMarked
package dev.latchkey.history;

import org.jspecify.annotations.NullMarked;
