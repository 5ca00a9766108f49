/**
 * Turns an untrusted upload into a safe square portrait and keeps it under the hash of its bytes. Start with {@link
 * dev.latchkey.photo.PhotoProcessor} for what is accepted and what comes out, and with {@link
 * dev.latchkey.photo.PhotoStore} for what a place to keep photos has to promise. Who shows which photo is decided
 * elsewhere: this package only asks, through {@link dev.latchkey.photo.PhotoReferences}, before it sweeps orphans.
 */
@NullMarked
package dev.latchkey.photo;

import org.jspecify.annotations.NullMarked;
