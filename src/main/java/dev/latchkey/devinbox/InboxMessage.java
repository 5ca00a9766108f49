package dev.latchkey.devinbox;

import dev.latchkey.devinbox.delivery.RequestIdStamp;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail as the inbox shows it.
 *
 * @param id names it in this inbox
 * @param from bare address of the sender
 * @param to bare addresses of the recipients, joined by commas
 * @param subject decoded
 * @param receivedAt when it came in
 * @param text the plain text, empty when there is none
 * @param html the HTML, empty when there is none
 * @param links every link in text and HTML, once each, in order
 * @param headers decoded, each name with its values in order
 * @param requestId of the call that the mail answers, as that call's answer and Status name it; absent where no request
 *     caused it
 */
@Serdeable
public record InboxMessage(
        String id,
        String from,
        String to,
        String subject,
        Instant receivedAt,
        String text,
        String html,
        List<String> links,
        Map<String, List<String>> headers,
        @Nullable String requestId) {
    /** What ends a sentence or encloses an address is not part of it. */
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)\\]}]");

    private static final Pattern ANCHOR = Pattern.compile("(?is)<a\\s[^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>");
    private static final Pattern TAG = Pattern.compile("(?s)<!--.*?-->|<[^>]*>");

    static InboxMessage of(String id, MimeMessage message, Instant receivedAt) {
        try {
            String text = content(message, "text/plain");
            String html = content(message, "text/html");
            return new InboxMessage(
                    id,
                    addresses(message.getFrom()),
                    addresses(message.getAllRecipients()),
                    Objects.requireNonNullElse(message.getSubject(), ""),
                    receivedAt,
                    text,
                    html,
                    links(text, html),
                    headers(message),
                    message.getHeader(RequestIdStamp.HEADER, null));
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that GreenMail took cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The links by what the mail itself calls them; those that it gives no name by their address. */
    Map<String, String> namedLinks() {
        Map<String, String> named = new LinkedHashMap<>();
        links.forEach(link -> named.put(link, link));
        ANCHOR.matcher(html).results().forEach(anchor -> {
            String words = TAG.matcher(anchor.group(2)).replaceAll(" ").strip().replaceAll("\\s+", " ");
            if (!words.isEmpty() && !LINK.matcher(words).matches()) {
                named.replace(unescaped(anchor.group(1)), unescaped(words));
            }
        });
        return named;
    }

    private static String unescaped(String html) {
        return html.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type) && part.getContent() instanceof String text) {
            return text;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = content(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static String addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses)
                        .map(address -> address instanceof InternetAddress internet
                                ? internet.getAddress()
                                : address.toString())
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, List<String>> headers(MimeMessage message) throws MessagingException, IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                    .add(MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
        }
        return headers;
    }

    private static List<String> links(String text, String html) {
        Set<String> links = new LinkedHashSet<>();
        for (String body : List.of(text, html.replace("&amp;", "&"))) {
            LINK.matcher(body).results().map(MatchResult::group).forEach(links::add);
        }
        return List.copyOf(links);
    }
}
