/**
 * What people typed into forms whose links had ended, until they can save it. Start with {@link
 * dev.latchkey.profile.typed.TypedTexts}.
 */
@NullMarked
package dev.latchkey.profile.typed;

import org.jspecify.annotations.NullMarked;
