/** Makes uploaded photos safe and keeps them under their content's hash. Start with {@link dev.latchkey.photo.PhotoProcessor}. */
@NullMarked
package dev.latchkey.photo;

import org.jspecify.annotations.NullMarked;
