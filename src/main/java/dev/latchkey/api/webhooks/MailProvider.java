package dev.latchkey.api.webhooks;

import dev.latchkey.bounce.MailReport;
import io.micronaut.http.HttpHeaders;
import java.util.List;

/** Somebody who delivers our mails and posts what becomes of them. */
interface MailProvider {
    /** More than a provider posts at once. */
    int MOST_BYTES = 1024 * 1024;

    /** The end of the address at which they post. */
    String name();

    /** Whether there is what their proof is checked with. */
    boolean isSet();

    /**
     * Checks the proof, and reads what they tell.
     *
     * @throws dev.latchkey.http.ProblemException 401 or 403 where the proof is missing, wrong or old; 400 where the rest
     *     cannot be read; 503 where they should come again
     */
    List<Told> read(HttpHeaders headers, byte[] body);

    /**
     * One thing that they tell.
     *
     * @param id how they call it, or what makes their proof good for one time
     * @param reports what it means; nothing where it is about something else
     */
    record Told(String id, List<MailReport> reports) {}
}
