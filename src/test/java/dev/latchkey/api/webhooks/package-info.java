/** Tests of the room of the same name. */
@NullMarked
package dev.latchkey.api.webhooks;

import org.jspecify.annotations.NullMarked;
