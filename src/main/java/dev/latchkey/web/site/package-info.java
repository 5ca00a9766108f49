/**
 * What a site says of itself to people and to those who list it: privacy, terms, support, who to tell of a weakness, and
 * that it is ours. Start with {@link dev.latchkey.web.site.StatementController}. The words are the operator's where there
 * are some, else a frame that says what the product does.
 */
@NullMarked
package dev.latchkey.web.site;

import org.jspecify.annotations.NullMarked;
