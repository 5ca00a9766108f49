@NullMarked
package dev.latchkey.membership;

import org.jspecify.annotations.NullMarked;
