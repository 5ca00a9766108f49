package dev.latchkey.magiclink;

import java.util.Map;
import java.util.Optional;

/** What a mail with a link says beside it, told by whoever keeps more of what the link is for than there is here. */
public interface MailedBeside {

    /** Of which links it knows. */
    LinkPurpose purpose();

    /**
     * What the mail shows, by name: texts, and lists of what it decides by.
     *
     * @param linkId the public half of the token
     * @return empty when nothing is known of the link; then no mail leaves
     */
    Optional<Map<String, Object>> of(String linkId);
}
