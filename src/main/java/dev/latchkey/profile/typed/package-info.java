/**
 * What people put into forms in vain, until they can save it. Start with {@link dev.latchkey.profile.typed.TypedTexts}, which
 * are of forms whose links had ended, and with {@link dev.latchkey.profile.typed.KeptPhotos}.
 */
@NullMarked
package dev.latchkey.profile.typed;

import org.jspecify.annotations.NullMarked;
