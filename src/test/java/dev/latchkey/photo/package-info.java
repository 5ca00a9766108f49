/** Photos from upload to shelf. Start with {@link dev.latchkey.photo.PhotoProcessorTest}; pictures come from {@link dev.latchkey.photo.Pictures}. */
@NullMarked
package dev.latchkey.photo;

import org.jspecify.annotations.NullMarked;
