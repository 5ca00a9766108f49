package dev.latchkey.bounce;

import dev.latchkey.account.Undeliverable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom we believe says that a mail to an address came back for good, or was complained of.
 *
 * @param address as they write it
 * @param messageId the mail's, with angle brackets; absent where they do not tell it
 * @param at when that mail was sent as far as they tell, else when it happened
 */
public record MailReport(
        String address, Undeliverable why, @Nullable String messageId, Instant at) {}
