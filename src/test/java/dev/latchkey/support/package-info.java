/** What tests stand on: databases, running servers, a clock they set. */
@NullMarked
package dev.latchkey.support;

import org.jspecify.annotations.NullMarked;
