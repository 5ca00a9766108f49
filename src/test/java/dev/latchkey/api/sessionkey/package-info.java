@NullMarked
package dev.latchkey.api.sessionkey;

import org.jspecify.annotations.NullMarked;
