package dev.latchkey.devinbox;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * A mail as the inbox shows it.
 *
 * @param id names it in this inbox
 * @param from bare address of the sender
 * @param to bare addresses of the recipients, joined by commas
 * @param subject decoded
 * @param receivedAt when it came in
 * @param text the plain text, empty when there is none
 * @param html the HTML, empty when there is none
 * @param links every link in text and HTML, once each, in order
 */
@Serdeable
public record InboxMessage(
        String id,
        String from,
        String to,
        String subject,
        Instant receivedAt,
        String text,
        String html,
        List<String> links) {}
