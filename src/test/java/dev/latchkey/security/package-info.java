/** What holds for the product as a whole, whichever room it is in: what its security is measured against. */
@NullMarked
package dev.latchkey.security;

import org.jspecify.annotations.NullMarked;
