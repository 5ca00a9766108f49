/**
 * The profile form: behind a mailed link, and for who is signed in. Start with {@link dev.latchkey.web.edit.EditController}
 * for the way of a form and with {@link dev.latchkey.web.edit.EditPages} for how a page of it is put together.
 */
@NullMarked
package dev.latchkey.web.edit;

import org.jspecify.annotations.NullMarked;
