/** The documentation as people read it. */
@NullMarked
package dev.latchkey.web.docs;

import org.jspecify.annotations.NullMarked;
