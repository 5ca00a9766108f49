/**
 * Which nicknames may be had, and which to suggest. Start with {@link dev.latchkey.profile.nickname.NicknameSuggestions}.
 */
@NullMarked
package dev.latchkey.profile.nickname;

import org.jspecify.annotations.NullMarked;
