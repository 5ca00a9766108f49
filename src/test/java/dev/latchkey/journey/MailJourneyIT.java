package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Secrets;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The story as quality assurance automates it: HTTP and a mailbox read over IMAP, no browser. */
class MailJourneyIT {
    private static final String ADA = "ada@example.com";
    private static final Pattern LINK = Pattern.compile("(?m)^http://localhost:\\d+/edit/(\\S+)$");

    @Test
    void savesWithTheLinkFromTheMailsText() throws MessagingException {
        try (LatchkeyJar jar = LatchkeyJar.dev(Map.of())) {
            LatchkeyClient client = new LatchkeyClient(jar);
            Secrets secrets = new Secrets();
            Answer init = client.accepted(ADA);
            String phrase = init.text("matchPhrase");
            try (Store store = mailbox(jar)) {
                String text = awaitText(store, "Your profile link: " + phrase);
                Matcher link = LINK.matcher(text);
                assertThat(link.find()).as(text).isTrue();
                String token = secrets.keep(link.group(1));
                assertThat(text).contains("the same two words: " + phrase).contains("15 minutes");

                Answer loaded = client.load(token);
                assertThat(loaded.text("email")).isEqualTo(ADA);
                assertThat(loaded.text("matchPhrase")).isEqualTo(phrase);
                Answer saved = client.save(Map.of(
                        "token",
                        token,
                        "version",
                        loaded.json().get("version"),
                        "bio",
                        "I found the mail.",
                        "passphrase",
                        secrets.keep("a passphrase of many words")));
                assertThat(saved.status()).isEqualTo(200);
                assertThat(saved.text("status")).isEqualTo("saved");
                Answer status = client.status(init.text("requestId"));
                assertThat(status.text("state")).isEqualTo("saved");
                assertThat(status.json().path("changed")).hasToString("[\"bio\",\"passphrase\"]");
                assertThat(client.load(token).status()).isEqualTo(410);

                assertThat(awaitText(store, "Your profile was changed"))
                        .contains("an assistant asked for, " + phrase)
                        .contains("- bio: ", " → I found the mail.")
                        .contains("- passphrase: a new one was set")
                        .doesNotContain("many words");
            }
            secrets.assertUnknownTo(jar);
        }
    }

    private static Store mailbox(LatchkeyJar jar) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", "5000");
        properties.setProperty("mail.imap.timeout", "5000");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect("127.0.0.1", Integer.parseInt(jar.setting("LATCHKEY_DEV_IMAP_PORT")), ADA, "any password");
        return store;
    }

    private static String awaitText(Store store, String subject) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> text(store, subject), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> text(Store store, String subject) throws MessagingException, IOException {
        try (Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            for (Message message : inbox.getMessages()) {
                if (subject.equals(message.getSubject())) {
                    Part first = ((Multipart) message.getContent()).getBodyPart(0);
                    assertThat(first.isMimeType("text/plain")).isTrue();
                    return Optional.of(((String) first.getContent()).replace("\r\n", "\n"));
                }
            }
            return Optional.empty();
        }
    }
}
