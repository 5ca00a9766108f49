/**
 * Places to keep photos: a folder, or a bucket that speaks S3. {@link dev.latchkey.photo.PhotoStore} says what each
 * promises. Only {@code photo} uses it.
 */
@NullMarked
package dev.latchkey.photo.store;

import org.jspecify.annotations.NullMarked;
