/** The files by which the product is shipped, against what runs them and what the product reads. */
@NullMarked
package dev.latchkey.deploy;

import org.jspecify.annotations.NullMarked;
