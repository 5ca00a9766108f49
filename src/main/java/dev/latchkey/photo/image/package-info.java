/**
 * Reads pictures of strangers: sizes before any decoder, colour profiles, and damage. Start with
 * {@link dev.latchkey.photo.image.ImageFile}. Only {@code photo} uses it.
 */
@NullMarked
package dev.latchkey.photo.image;

import org.jspecify.annotations.NullMarked;
