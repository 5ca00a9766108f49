package dev.latchkey.devinbox;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** All mails that the embedded server holds, whoever they are for. */
@Singleton
@OnlyInDev
final class DevInbox {
    private final DevMailServer server;

    DevInbox(DevMailServer server) {
        this.server = server;
    }

    /** Newest first. */
    List<InboxMessage> messages() {
        return stored().sorted(Comparator.comparing(Held::receivedAt)
                        .thenComparingLong(held -> held.message().getUid())
                        .reversed())
                .map(Held::read)
                .toList();
    }

    /** Empty when it was never there or was deleted. */
    Optional<InboxMessage> find(String id) {
        return held(id).map(Held::read);
    }

    /** The message as it came over the wire. */
    Optional<String> source(String id) {
        return held(id).map(Held::source);
    }

    void deleteAll() {
        server.deleteAll();
    }

    private Optional<Held> held(String id) {
        return stored().filter(held -> held.id().equals(id)).findFirst();
    }

    private Stream<Held> stored() {
        return server.folders().stream()
                .flatMap(folder -> folder.getNonDeletedMessages().stream().map(message -> new Held(folder, message)));
    }

    private record Held(MailFolder folder, StoredMessage message) {
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
                throw new IllegalStateException("A message that GreenMail took cannot be read", e);
            }
            return source.toString(StandardCharsets.UTF_8);
        }
    }
}
