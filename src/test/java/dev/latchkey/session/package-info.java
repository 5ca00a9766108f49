@NullMarked
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;
