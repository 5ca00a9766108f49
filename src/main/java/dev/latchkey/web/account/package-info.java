/**
 * A person's own account: signing in, and what they can see and do then. Start with {@link
 * dev.latchkey.web.account.AccountController}. Controllers take a {@link dev.latchkey.session.PageSession}, which nobody has
 * who is not signed in, and read forms with {@link dev.latchkey.web.session.OwnForms}, which refuses those of other sites.
 */
@NullMarked
package dev.latchkey.web.account;

import org.jspecify.annotations.NullMarked;
