/**
 * Places to keep photos: a folder, or a bucket that speaks S3. Start with {@link dev.latchkey.photo.PhotoStore}, which says what each
 * promises. Only {@code photo} uses it.
 */
@NullMarked
package dev.latchkey.photo.store;

import org.jspecify.annotations.NullMarked;
