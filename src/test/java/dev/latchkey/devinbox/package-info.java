/** The developer's inbox as QA uses it. */
@NullMarked
package dev.latchkey.devinbox;

import org.jspecify.annotations.NullMarked;
