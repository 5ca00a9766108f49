/** What holds on every address, whoever answers there. */
@NullMarked
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;
