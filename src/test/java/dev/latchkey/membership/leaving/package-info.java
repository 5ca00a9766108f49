@NullMarked
package dev.latchkey.membership.leaving;

import org.jspecify.annotations.NullMarked;
