/** What is asked for, and how it is answered. */
@NullMarked
package dev.latchkey.oauth.authorization;

import org.jspecify.annotations.NullMarked;
