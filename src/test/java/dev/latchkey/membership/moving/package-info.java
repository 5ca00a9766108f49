@NullMarked
package dev.latchkey.membership.moving;

import org.jspecify.annotations.NullMarked;
