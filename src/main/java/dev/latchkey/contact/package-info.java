/**
 * What the session-key API knows of an account beyond who it is: whether it was confirmed there, and how to reach its
 * owner. Start with {@link dev.latchkey.contact.ContactService}. Nothing else in the product reads it.
 */
@NullMarked
package dev.latchkey.contact;

import org.jspecify.annotations.NullMarked;
