package dev.latchkey.mail;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our mails are called: the id under which the mail lay in the outbox, and 128 bits of a keyed digest over it and the
 * recipient's address. Nothing of a mail is kept once it has left, and whoever reports what became of it need only show its
 * Message-ID: nobody else can make one, and one that went to another address is worth nothing.
 */
@Singleton
public final class MessageIds {
    private static final int PROOF_BYTES = 16;

    /** Some servers write it in another case, or break the line before it. */
    private static final Pattern OURS =
            Pattern.compile("\\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([0-9a-f]{32})@[^@\\s<>]+>\\s*");

    private final KeyedDigest digests;
    private final String domain;

    @Inject
    MessageIds(ServerSecret secret, MailSettings settings) {
        this(secret.mac("message-id"), settings.sender());
    }

    MessageIds(KeyedDigest digests, SenderAddress sender) {
        this.digests = digests;
        this.domain = sender.domain();
    }

    /** The Message-ID of a mail; the same for each copy of it. */
    public String of(UUID mailId, String to) {
        return "<" + mailId + "." + HexFormat.of().formatHex(proof(mailId.toString(), to)) + "@" + domain + ">";
    }

    /**
     * When a mail was put into the outbox, if this is the Message-ID of one that we sent to that address.
     *
     * @param messageId as somebody else tells it, with its angle brackets
     */
    public Optional<Instant> mailedAt(String messageId, String to) {
        Matcher ours = OURS.matcher(messageId.toLowerCase(Locale.ROOT));
        if (!ours.matches()) {
            return Optional.empty();
        }
        byte[] shown = HexFormat.of().parseHex(ours.group(2));
        return MessageDigest.isEqual(shown, proof(ours.group(1), to))
                ? Optional.of(timeOf(UUID.fromString(ours.group(1))))
                : Optional.empty();
    }

    /** Ids of the outbox begin with their time (RFC 9562, section 5.7). */
    private static Instant timeOf(UUID mailId) {
        return Instant.ofEpochMilli(mailId.getMostSignificantBits() >>> 16);
    }

    private byte[] proof(String mailId, String to) {
        byte[] digest = digests.bytes(mailId + " " + to.toLowerCase(Locale.ROOT));
        return Arrays.copyOf(digest, PROOF_BYTES);
    }
}
