/** The pages of one's own account, over HTTP, as a browser without script sees them. */
@NullMarked
package dev.latchkey.web.account;

import org.jspecify.annotations.NullMarked;
