package dev.latchkey.bounce;

import dev.latchkey.account.Undeliverable;
import dev.latchkey.mail.Refusals;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report by mail: that a mail came back (RFC 3464), or that somebody complained of one (RFC 5965). Anybody can write one, so
 * all that counts is the Message-ID of the mail that it returns.
 *
 * @param messageId of the mail that is reported of
 * @param addresses to which that mail may have gone, as the report tells in several places
 */
record ReturnedMail(String messageId, Set<String> addresses, Undeliverable why) {
    /** The words, the facts, the mail; some add what only they read. */
    private static final int MOST_PARTS = 8;

    private static final int MOST_RECIPIENTS = 20;

    /** {@code rfc822; ada@example.com}, or {@code <ada@example.com>}. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z0-9-]+\\s*;)?\\s*<?([^\\s<>;]+@[^\\s<>;]+)>?\\s*");

    /**
     * Reads a message.
     *
     * @return empty when it is no such report, when what it reports passes or is about us, and when it returns nothing of the
     *     mail
     */
    static Optional<ReturnedMail> read(MimeMessage message) throws MessagingException, IOException {
        if (!message.isMimeType("multipart/report") || !(message.getContent() instanceof MimeMultipart report)) {
            return Optional.empty();
        }
        return switch (parameter(message, "report-type")) {
            case "delivery-status" -> delivery(report);
            case "feedback-report" -> feedback(report);
            default -> Optional.empty();
        };
    }

    private static Optional<ReturnedMail> delivery(MimeMultipart report) throws MessagingException, IOException {
        Set<String> addresses = new LinkedHashSet<>();
        boolean forGood = false;
        for (InternetHeaders facts : facts(report, "message/delivery-status", "message/global-delivery-status")) {
            boolean failed = value(facts, "Action").toLowerCase(Locale.ROOT).startsWith("failed");
            String status = value(facts, "Status").replaceFirst("\\s.*", "");
            if (failed && Refusals.endMailbox(status, value(facts, "Diagnostic-Code"))) {
                forGood = true;
                add(addresses, facts, "Original-Recipient", "Final-Recipient");
            }
        }
        return forGood ? returned(report, addresses, Undeliverable.BOUNCE) : Optional.empty();
    }

    private static Optional<ReturnedMail> feedback(MimeMultipart report) throws MessagingException, IOException {
        Set<String> addresses = new LinkedHashSet<>();
        boolean complaint = false;
        for (InternetHeaders facts : facts(report, "message/feedback-report")) {
            String type = value(facts, "Feedback-Type");
            if (!type.isEmpty() && Complaints.count(type)) {
                complaint = true;
                add(addresses, facts, "Original-Rcpt-To", "Removal-Recipient");
            }
        }
        return complaint ? returned(report, addresses, Undeliverable.COMPLAINT) : Optional.empty();
    }

    /** The mail, or its head alone, is the last part; it tells whom it was sent to before anybody passed it on. */
    private static Optional<ReturnedMail> returned(MimeMultipart report, Set<String> addresses, Undeliverable why)
            throws MessagingException, IOException {
        for (BodyPart part : parts(report)) {
            if (part.isMimeType("message/rfc822")
                    || part.isMimeType("text/rfc822-headers")
                    || part.isMimeType("message/global")
                    || part.isMimeType("message/global-headers")) {
                try (InputStream in = part.getInputStream()) {
                    InternetHeaders head = new InternetHeaders(in);
                    String messageId = value(head, "Message-ID");
                    add(addresses, head, "To");
                    return messageId.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new ReturnedMail(messageId, addresses, why));
                }
            }
        }
        return Optional.empty();
    }

    /** The groups of fields in the part of one of those types: of the message first, then of each recipient. */
    private static List<InternetHeaders> facts(MimeMultipart report, String... types)
            throws MessagingException, IOException {
        List<InternetHeaders> groups = new ArrayList<>();
        for (BodyPart part : parts(report)) {
            if (Stream.of(types).anyMatch(type -> isOf(part, type))) {
                try (InputStream in = part.getInputStream()) {
                    while (in.available() > 0 && groups.size() < MOST_RECIPIENTS) {
                        groups.add(new InternetHeaders(in));
                    }
                }
            }
        }
        return groups;
    }

    private static boolean isOf(BodyPart part, String type) {
        try {
            return part.isMimeType(type);
        } catch (MessagingException e) {
            return false;
        }
    }

    private static List<BodyPart> parts(MimeMultipart report) throws MessagingException {
        List<BodyPart> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_PARTS, report.getCount()); i++) {
            parts.add(report.getBodyPart(i));
        }
        return parts;
    }

    private static void add(Set<String> addresses, InternetHeaders facts, String... names) {
        for (String name : names) {
            Matcher address = ADDRESS.matcher(value(facts, name));
            if (address.matches()) {
                addresses.add(address.group(1));
            }
        }
    }

    private static String value(InternetHeaders facts, String name) {
        return Objects.requireNonNullElse(facts.getHeader(name, null), "").strip();
    }

    private static String parameter(MimeMessage message, String name) throws MessagingException {
        @Nullable String value = new ContentType(message.getContentType()).getParameter(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
