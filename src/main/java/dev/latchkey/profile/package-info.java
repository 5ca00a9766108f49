/**
 * What people show of themselves, and the one way to change it with a magic link. Start with
 * {@link dev.latchkey.profile.ProfileEdits}: Load and Save. How a link comes to be is decided in {@code magiclink}, how a
 * photo becomes safe in {@code photo}.
 */
@NullMarked
package dev.latchkey.profile;

import org.jspecify.annotations.NullMarked;
