package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Api;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The product as an operator runs it: one node or several on one database, the people in it, and its mail server. */
record Site(SmtpSink sink, List<LatchkeyJar> nodes, List<LatchkeyClient> clients, Residents residents)
        implements AutoCloseable {
    static final String ADMIN_KEY = "campaign-admin-key-0123456789-0123456789";

    Site(SmtpSink sink, List<LatchkeyJar> nodes) {
        this(sink, nodes, nodes.stream().map(LatchkeyClient::new).toList(), new Residents(nodes.getFirst()));
    }

    /** Its first node. */
    LatchkeyJar jar() {
        return nodes.getFirst();
    }

    /** Asks the first node. */
    LatchkeyClient client() {
        return clients.getFirst();
    }

    /** Asks the first node at its admin port. */
    Api operator() {
        return Api.at(adminPort());
    }

    /** The admin port of the first node. */
    int adminPort() {
        return Integer.parseInt(Objects.requireNonNull(jar().setting("LATCHKEY_ADMIN_PORT")));
    }

    /** Waits until the first node says that it is ready. */
    void awaitReady() {
        await().atMost(Duration.ofMinutes(1)).until(jar()::isReady);
    }

    /** Waits until no mail is left to send. */
    void awaitMails() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> residents.values("SELECT count(*) FROM outbox").equals(List.of("0")));
    }

    @Override
    public void close() {
        nodes.forEach(LatchkeyJar::close);
        sink.close();
    }
}
