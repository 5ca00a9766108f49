/**
 * Turns an untrusted upload into a safe square portrait and keeps it under the hash of its bytes. Start with {@link
 * dev.latchkey.photo.PhotoProcessor} for what is accepted and what comes out, and with {@link dev.latchkey.photo.Photos}
 * for how photos are kept, published and swept. Who shows which photo is decided elsewhere: this package only asks,
 * through {@link dev.latchkey.photo.PhotoReferences}.
 */
@NullMarked
package dev.latchkey.photo;

import org.jspecify.annotations.NullMarked;
