/** Changes that an assistant proposes and the person decides on. Start with {@link dev.latchkey.profile.proposal.Proposal}. */
@NullMarked
package dev.latchkey.profile.proposal;

import org.jspecify.annotations.NullMarked;
