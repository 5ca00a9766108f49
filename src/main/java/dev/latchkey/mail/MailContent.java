package dev.latchkey.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a mail turns into when its turn has come. */
public sealed interface MailContent {

    /**
     * A mail to one person.
     *
     * @param to the stored address of the recipient, ASCII
     * @param locale the language to write in; English where there is no translation
     * @param view name of the templates under {@code views/mail}: a {@code .txt} and a {@code .html}
     * @param wording name of the texts that they show, of which {@code mail.<wording>.subject} is the subject
     * @param model what the templates show beside {@code subject} and {@code to}; {@code Duration} and {@code Instant} values arrive as text in the
     *     recipient's language; lists are what they may decide by
     * @param subjectArguments what the subject shows in place of {@code {0}}, {@code {1}}, ...; never text that a user wrote
     */
    record Message(
            String to,
            Locale locale,
            String view,
            String wording,
            Map<String, Object> model,
            List<Object> subjectArguments)
            implements MailContent {
        public Message {
            model = Map.copyOf(model);
            subjectArguments = List.copyOf(subjectArguments);
        }
    }

    /**
     * A mail to nobody: it is written and goes the whole way to the server, which is only asked whether it is there, so
     * that the request of an unknown user cannot be told from a known one's.
     *
     * @param like what would be mailed if there were somebody
     */
    record Decoy(Message like) implements MailContent {}

    /**
     * A mail that must not leave, as none goes to that address: it is written like a {@link Decoy}, so that who asked for
     * it cannot tell, and is then given up without being kept.
     *
     * @param like what would be mailed
     */
    record Withheld(Message like) implements MailContent {}

    /** What it would hold has run out while it waited: {@link MailKind#renew} comes first. */
    record Outdated() implements MailContent {}
}
