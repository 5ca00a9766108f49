/**
 * The assistant's action and the JSON calls of the page: Init, Status, Load and Save. Start with
 * {@link dev.latchkey.api.action.ActionCallerBinder}, the proof that a call came with a valid key. Thin: what may be asked
 * for, seen and saved is decided in {@code magiclink} and {@code profile}.
 */
@NullMarked
package dev.latchkey.api.action;

import org.jspecify.annotations.NullMarked;
