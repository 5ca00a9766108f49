/**
 * Reads the bodies that callers send, strictly and within limits: JSON objects
 * ({@link dev.latchkey.api.form.JsonFields}) and browser forms with at most one photo
 * ({@link dev.latchkey.api.form.MultipartForm}). Start with {@link dev.latchkey.api.form.Forms}. What cannot be read ends
 * in a {@link dev.latchkey.api.problem.ProblemException}; whether the values are any good is for the features to say.
 */
@NullMarked
package dev.latchkey.api.form;

import org.jspecify.annotations.NullMarked;
