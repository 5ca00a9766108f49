@NullMarked
package dev.latchkey.trace.otlp;

import org.jspecify.annotations.NullMarked;
