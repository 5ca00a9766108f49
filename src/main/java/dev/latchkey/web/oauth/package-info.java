/**
 * The pages on which a person answers an assistant that wants to be let in. Start with {@link
 * dev.latchkey.web.oauth.AuthorizeController}. The address carries all that the assistant asks for, so each page can be
 * loaded again, and nothing is kept until somebody is let in.
 */
@NullMarked
package dev.latchkey.web.oauth;

import org.jspecify.annotations.NullMarked;
