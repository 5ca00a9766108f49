/** What the site says of itself, over HTTP. */
@NullMarked
package dev.latchkey.web.site;

import org.jspecify.annotations.NullMarked;
