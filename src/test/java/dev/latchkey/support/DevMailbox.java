package dev.latchkey.support;

import static org.awaitility.Awaitility.await;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One person's mails in the inbox of the dev environment, over its JSON. */
public final class DevMailbox {
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private final LatchkeyClient client;
    private final String address;

    public DevMailbox(LatchkeyJar jar, String address) {
        client = new LatchkeyClient(jar);
        this.address = address;
    }

    /** Asks for a link and returns its token once the mail has come. */
    public String freshToken() {
        return freshToken(Map.of());
    }

    /** The same with a draft for the page. */
    public String freshToken(Map<String, String> proposal) {
        int before = links().size();
        client.accepted(address, proposal);
        // Newest first.
        String link = await().atMost(DELIVERY)
                .until(this::links, links -> links.size() > before)
                .getFirst();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** The edit links in all mails to this person, the newest first. */
    public List<String> links() {
        return messages().stream()
                .filter(mail -> address.equals(mail.get("to")))
                .flatMap(mail -> ((List<?>) mail.getOrDefault("links", List.of())).stream())
                .map(Object::toString)
                .filter(link -> link.contains("/edit/"))
                .toList();
    }

    private List<Map<String, Object>> messages() {
        try {
            return JsonMapper.createDefault()
                    .readValue(
                            client.get("/dev/inbox/messages").bytes(),
                            Argument.listOf(Argument.mapOf(String.class, Object.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
