@NullMarked
package dev.latchkey.webhook;

import org.jspecify.annotations.NullMarked;
