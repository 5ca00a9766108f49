/**
 * Reads pictures of strangers: sizes before any decoder, colour profiles, and damage; WebP in a process of its own. Start
 * with {@link dev.latchkey.photo.image.ImageProcessor}, then {@link dev.latchkey.photo.image.ImageFile}. Only {@code photo}
 * uses it.
 */
@NullMarked
package dev.latchkey.photo.image;

import org.jspecify.annotations.NullMarked;
