/**
 * Nicknames for people who cannot think of one. Start with {@link dev.latchkey.profile.nickname.NicknameSuggestions}; which
 * may be had at all is a rule of {@link dev.latchkey.profile.ProfileText}.
 */
@NullMarked
package dev.latchkey.profile.nickname;

import org.jspecify.annotations.NullMarked;
