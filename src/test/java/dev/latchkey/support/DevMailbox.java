package dev.latchkey.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One person's mails in the inbox of the dev environment, over its JSON. */
public final class DevMailbox {
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private final Api client;
    private final String address;

    public DevMailbox(Api client, String address) {
        this.client = client;
        this.address = address;
    }

    /** Asks for a link and returns its token once the mail has come. */
    public String freshToken() {
        return freshToken(Map.of());
    }

    /** The same with a draft for the page. */
    public String freshToken(Map<String, String> proposal) {
        int before = links().size();
        Answer answer = client.action("/api/update/init", Map.of("email", address, "proposal", proposal));
        if (answer.status() != 202) {
            throw new IllegalStateException(answer.text());
        }
        // Newest first.
        String link = await().atMost(DELIVERY)
                .until(this::links, links -> links.size() > before)
                .getFirst();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** The edit links in all mails to this person, the newest first. */
    public List<String> links() {
        return links("/edit/");
    }

    /** The paths of the links in all mails to this person whose path begins so, the newest first. */
    public List<String> links(String path) {
        return mails().flatMap(mail -> stream(mail.path("links")).limit(1))
                .map(link -> URI.create(link.asText()).getRawPath())
                .filter(link -> link.startsWith(path))
                .toList();
    }

    /** The subjects of all mails to this person, the newest first. */
    public List<String> subjects() {
        return mails().map(mail -> mail.path("subject").asText()).toList();
    }

    /** The plain texts of all mails to this person, the newest first. */
    public List<String> texts() {
        return mails().map(mail -> mail.path("text").asText()).toList();
    }

    /** All mails to this person, the newest first. */
    public Stream<JsonNode> mails() {
        return stream(client.get("/dev/inbox/messages?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
                .json());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
