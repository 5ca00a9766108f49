/**
 * Reads pictures of strangers in a process of its own: sizes before any decoder, colour profiles, and damage. Start with
 * {@link dev.latchkey.photo.image.ImageProcessor} here and {@link dev.latchkey.photo.image.DecoderWorker} there, then
 * {@link dev.latchkey.photo.image.ImageFile}. Only {@code photo} uses it.
 */
@NullMarked
package dev.latchkey.photo.image;

import org.jspecify.annotations.NullMarked;
