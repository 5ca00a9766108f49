/** The way of one mail, with real databases and a mail server that misbehaves on command. */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
