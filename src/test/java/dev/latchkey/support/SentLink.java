package dev.latchkey.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail with a link, as the mail server got it.
 *
 * @param messageId the header, the same in each copy of one mail
 * @param subject holds the match phrase
 * @param token the secret part of the link
 */
public record SentLink(String messageId, String subject, String token) {
    private static final Pattern LINK = Pattern.compile("(?m)^https?://[^/\\s]+/edit/([A-Za-z0-9]+)\\s*$");

    /** All mails with a link that this person was sent, in the order of their coming. */
    public static List<SentLink> to(String email, SmtpSink sink) {
        return sink.received().stream()
                .filter(mail -> mail.to().equals(email))
                .map(SentLink::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All mails with a link, by whom they were sent to. */
    public static Map<String, List<SentLink>> byAddress(SmtpSink sink) {
        Map<String, List<SentLink>> all = new HashMap<>();
        for (SmtpSink.Received mail : sink.received()) {
            SentLink link = of(mail);
            if (link != null) {
                all.computeIfAbsent(mail.to(), to -> new ArrayList<>()).add(link);
            }
        }
        return all;
    }

    private static @Nullable SentLink of(SmtpSink.Received mail) {
        Matcher link = LINK.matcher(mail.source());
        return link.find() ? new SentLink(mail.header("Message-ID"), mail.header("Subject"), link.group(1)) : null;
    }
}
