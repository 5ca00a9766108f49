package dev.latchkey.devinbox;

import jakarta.inject.Singleton;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads MIME for people. */
@Singleton
@OnlyInDev
final class MessageReader {
    /** What ends a sentence or encloses an address is not part of it. */
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)\\]}]");

    InboxMessage read(String id, MimeMessage message, Instant receivedAt) {
        try {
            String text = content(message, "text/plain");
            String html = content(message, "text/html");
            String subject = message.getSubject();
            return new InboxMessage(
                    id,
                    addresses(message.getFrom()),
                    addresses(message.getAllRecipients()),
                    subject == null ? "" : subject,
                    receivedAt,
                    text,
                    html,
                    links(text, html));
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that GreenMail took cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String source(MimeMessage message) {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        try {
            message.writeTo(source);
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that GreenMail took cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source.toString(StandardCharsets.UTF_8);
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

    private static List<String> links(String text, String html) {
        Set<String> links = new LinkedHashSet<>();
        for (String body : List.of(text, html.replace("&amp;", "&"))) {
            Matcher matcher = LINK.matcher(body);
            while (matcher.find()) {
                links.add(matcher.group());
            }
        }
        return new ArrayList<>(links);
    }
}
