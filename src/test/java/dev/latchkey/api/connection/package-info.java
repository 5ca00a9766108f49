@NullMarked
package dev.latchkey.api.connection;

import org.jspecify.annotations.NullMarked;
