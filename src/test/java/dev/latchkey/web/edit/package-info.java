/** The edit form and what follows it, over HTTP, as a browser without script sees them. */
@NullMarked
package dev.latchkey.web.edit;

import org.jspecify.annotations.NullMarked;
