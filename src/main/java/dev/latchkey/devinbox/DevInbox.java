package dev.latchkey.devinbox;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.inject.Singleton;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** All mails that the embedded server holds, whoever they are for. */
@Singleton
@OnlyInDev
class DevInbox {
    private final DevMailServer server;
    private final MessageReader reader;

    DevInbox(DevMailServer server, MessageReader reader) {
        this.server = server;
        this.reader = reader;
    }

    /** Newest first. */
    List<InboxMessage> messages() {
        return stored().sorted(Comparator.comparing(Held::receivedAt)
                        .thenComparingLong(held -> held.message().getUid())
                        .reversed())
                .map(held -> reader.read(held.id(), held.mime(), held.receivedAt()))
                .toList();
    }

    /** Empty when it was never there or was deleted. */
    Optional<InboxMessage> find(String id) {
        return held(id).map(held -> reader.read(id, held.mime(), held.receivedAt()));
    }

    /** The message as it came over the wire. */
    Optional<String> source(String id) {
        return held(id).map(held -> reader.source(held.mime()));
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
            return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .toString();
        }

        MimeMessage mime() {
            return message.getMimeMessage();
        }

        Instant receivedAt() {
            return message.getReceivedDate().toInstant();
        }
    }
}
