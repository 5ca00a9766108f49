/** Load and Save on both databases. */
@NullMarked
package dev.latchkey.profile;

import org.jspecify.annotations.NullMarked;
