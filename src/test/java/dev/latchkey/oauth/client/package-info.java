/** Who may ask. */
@NullMarked
package dev.latchkey.oauth.client;

import org.jspecify.annotations.NullMarked;
