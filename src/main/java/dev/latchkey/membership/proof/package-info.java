/**
 * How somebody who is signed in shows that they are the owner before something is done that cannot be done lightly. Start
 * with {@link dev.latchkey.membership.proof.OwnerProofs}.
 */
@NullMarked
package dev.latchkey.membership.proof;

import org.jspecify.annotations.NullMarked;
