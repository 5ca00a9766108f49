@NullMarked
package dev.latchkey.http.connection;

import org.jspecify.annotations.NullMarked;
