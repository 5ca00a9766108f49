/**
 * Decodes WebP with libwebp in a process of its own, so that a crash or a bomb costs that process alone. Start with
 * {@link dev.latchkey.photo.webp.WebpDecoder}. Only {@code photo} uses it.
 */
@NullMarked
package dev.latchkey.photo.webp;

import org.jspecify.annotations.NullMarked;
