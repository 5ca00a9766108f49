package dev.latchkey.bench;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Who got which links, how many mails came in all, and when the last one came. */
final class Mailboxes {
    private static final String LINK = "/edit/";

    private final Map<String, LinkedBlockingQueue<String>> unread = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> all = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger notices = new AtomicInteger();
    private volatile byte[] sample = new byte[0];
    private volatile long lastNanos;

    void take(String recipient, byte[] message) {
        Optional<String> token = token(message);
        if (token.isPresent()) {
            all.computeIfAbsent(recipient, any -> new ConcurrentLinkedQueue<>()).add(token.get());
            unread(recipient).add(token.get());
            sample = message;
        } else {
            notices.incrementAndGet();
        }
        lastNanos = System.nanoTime();
        count.incrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** Mails without a link: what tells a person that the profile was changed. */
    int notices() {
        return notices.get();
    }

    /** The latest mail with a link, as it came. */
    byte[] sample() {
        return sample;
    }

    /** When the latest mail came, on the scale of {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos;
    }

    Map<String, Queue<String>> all() {
        return all;
    }

    /** The token of the next unread mail; fails when none comes in time. */
    String await(String recipient, Duration patience) throws InterruptedException {
        String token = unread(recipient).poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (token == null) {
            throw new IllegalStateException("No mail for " + recipient + " within " + patience);
        }
        return token;
    }

    /** The newest unread token; forgets the others. */
    Optional<String> newest(String recipient) {
        Optional<String> newest = Optional.empty();
        for (String token = unread(recipient).poll();
                token != null;
                token = unread(recipient).poll()) {
            newest = Optional.of(token);
        }
        return newest;
    }

    void awaitCount(int wanted, Duration patience) throws InterruptedException {
        long limit = System.nanoTime() + patience.toNanos();
        while (count.get() < wanted) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        "Only " + count + " of " + wanted + " mails arrived within " + patience);
            }
            Thread.sleep(2);
        }
    }

    private LinkedBlockingQueue<String> unread(String recipient) {
        return unread.computeIfAbsent(recipient, any -> new LinkedBlockingQueue<>());
    }

    private static Optional<String> token(byte[] message) {
        // Latin-1 keeps every byte, and costs next to nothing.
        String raw = new String(message, StandardCharsets.ISO_8859_1);
        if (!raw.contains(LINK) && raw.contains("base64")) {
            raw = decoded(message);
        }
        int start = raw.indexOf(LINK) + LINK.length();
        if (start < LINK.length()) {
            return Optional.empty();
        }
        StringBuilder token = new StringBuilder();
        for (int i = start; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '=' && raw.startsWith("\r\n", i + 1)) {
                i += 2;
            } else if (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~') {
                token.append(c);
            } else {
                break;
            }
        }
        return Optional.of(token.toString());
    }

    private static String decoded(byte[] message) {
        try {
            Session session = Session.getInstance(new Properties());
            return text(new MimeMessage(session, new ByteArrayInputStream(message)));
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException("Not a mail", e);
        }
    }

    private static String text(Part part) throws IOException, MessagingException {
        return part.getContent() instanceof Multipart parts ? text(parts.getBodyPart(0)) : (String) part.getContent();
    }
}
