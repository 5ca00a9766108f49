/**
 * What the session-key API knows of an account beyond who it is: whether it was confirmed there, and how to reach its
 * owner. Start with {@link dev.latchkey.contact.ContactService}. Only an export reads it, too.
 */
@NullMarked
package dev.latchkey.contact;

import org.jspecify.annotations.NullMarked;
