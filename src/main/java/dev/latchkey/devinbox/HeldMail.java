package dev.latchkey.devinbox;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message in its mailbox. */
record HeldMail(MailFolder folder, StoredMessage message) {
    static final Comparator<HeldMail> OLDEST_FIRST = Comparator.comparing(HeldMail::receivedAt)
            .thenComparingLong(held -> held.message().getUid());

    static final Comparator<HeldMail> NEWEST_FIRST = OLDEST_FIRST.reversed();

    String id() {
        String name = folder.getFullName() + '/' + folder.getUidValidity() + '/' + message.getUid();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    Instant receivedAt() {
        return message.getReceivedDate().toInstant();
    }

    InboxMessage read() {
        return InboxMessage.of(id(), message.getMimeMessage(), receivedAt());
    }

    String source() {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        try {
            message.getMimeMessage().writeTo(source);
        } catch (MessagingException | IOException e) {
            throw unreadable(e);
        }
        return source.toString(StandardCharsets.UTF_8);
    }

    /** Whether it is for this address; null for anybody's. */
    boolean isTo(@Nullable String address) {
        if (address == null) {
            return true;
        }
        try {
            Address @Nullable [] recipients = message.getMimeMessage().getAllRecipients();
            return recipients != null
                    && Stream.of(recipients)
                            .anyMatch(recipient -> recipient instanceof InternetAddress internet
                                    && address.equalsIgnoreCase(internet.getAddress()));
        } catch (MessagingException e) {
            throw unreadable(e);
        }
    }

    /** Whether the subject holds this text; null for whatever it is. */
    boolean isAbout(@Nullable String text) {
        if (text == null) {
            return true;
        }
        try {
            return Objects.requireNonNullElse(message.getMimeMessage().getSubject(), "")
                    .toLowerCase(Locale.ROOT)
                    .contains(text.toLowerCase(Locale.ROOT));
        } catch (MessagingException e) {
            throw unreadable(e);
        }
    }

    /** Takes it out of its mailbox; false where somebody else has. */
    boolean delete() {
        try {
            folder.setFlags(new Flags(Flags.Flag.DELETED), true, message.getUid(), null, true);
            folder.expunge();
            return true;
        } catch (FolderException e) {
            return false;
        }
    }

    private static IllegalStateException unreadable(Exception cause) {
        return new IllegalStateException("A message that GreenMail took cannot be read", cause);
    }
}
