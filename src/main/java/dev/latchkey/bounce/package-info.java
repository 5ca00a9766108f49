/**
 * What becomes of mails that had left: decides which reports of it are believed, and what they mean for an account. Start with
 * {@link dev.latchkey.bounce.Bounces}, which each of them comes to. Providers' webhooks are read and proved by {@code
 * api.webhooks}; reports by mail are fetched here. The dev environment, and
 * whoever else has a mail of ours in hand, says with {@link dev.latchkey.bounce.Bounces#cameBack} that it came back: its
 * Message-ID is the proof. That no mail goes to an undeliverable address is up to the kinds of mail; that the owner proves the
 * mailbox anew, to {@code magiclink}.
 */
@NullMarked
package dev.latchkey.bounce;

import org.jspecify.annotations.NullMarked;
