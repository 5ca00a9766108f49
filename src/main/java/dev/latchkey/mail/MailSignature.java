package dev.latchkey.mail;

import dev.latchkey.config.operating.DkimKey;
import dev.latchkey.config.operating.DkimSettings;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.api.BodyHasher;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.exceptions.FailException;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Signs mails in the name of their sender's domain (DKIM, RFC 6376), where the operator set a key; else it does nothing.
 * For many threads at a time.
 */
@Singleton
public final class MailSignature {
    /** The one header that it writes. */
    static final String HEADER = "DKIM-Signature";

    /**
     * What nobody may change on the way. A sender is named once more than there is one, so that nobody can add another
     * (RFC 6376 section 8.15), and so is the address for answers, of which there is none.
     */
    private static final String SIGNED = "From:From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type"
            + ":Content-Language:Auto-Submitted";

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final @Nullable Signer signer;
    private final @Nullable DkimRecord published;

    MailSignature(DkimSettings settings) {
        if (settings.domain() == null || settings.selector() == null || settings.keyFile() == null) {
            signer = null;
            published = null;
        } else {
            DkimKey key = DkimKey.read(settings.keyFile());
            signer = new Signer(settings.domain(), settings.selector(), key);
            published = new DkimRecord(settings.selector() + "._domainkey." + settings.domain(), key.publicRecord());
        }
    }

    /** What the domain has to publish for the key that is set; empty where mails are not signed. */
    public Optional<DkimRecord> published() {
        return Optional.ofNullable(published);
    }

    /** Signs a message that is complete; a change after this makes the signature void. */
    void sign(MimeMessage message) throws MessagingException, IOException {
        if (signer != null) {
            // Folded where there are blanks, which the relaxed form takes for one.
            message.setHeader(HEADER, signer.sign(message).replace("; ", ";\r\n\t"));
        }
    }

    /** Apart, so that nothing of the library is loaded where mails are not signed. */
    private static final class Signer {
        private final DKIMSigner library;
        private final String template;

        Signer(String domain, String selector, DkimKey key) {
            // Never the length of what was signed (l=): anything could be added below it.
            template = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=" + selector + "; h=" + SIGNED
                    + "; bh=; b=; t=";
            library = new DKIMSigner(template, key.privateKey());
        }

        String sign(MimeMessage message) throws MessagingException, IOException {
            String whole = wire(message);
            long seconds = message.getSentDate().toInstant().getEpochSecond();
            try {
                BodyHasher body = library.newBodyHasher(library.newSignatureRecordTemplate(template + seconds + ";"));
                try (OutputStream out = body.getOutputStream()) {
                    out.write(whole.substring(whole.indexOf(END_OF_HEAD) + END_OF_HEAD.length())
                            .getBytes(StandardCharsets.ISO_8859_1));
                }
                String line = library.sign(new Head(message), body);
                return line.substring(line.indexOf(':') + 1).strip();
            } catch (FailException e) {
                throw new IllegalStateException("A mail that cannot be signed", e);
            }
        }

        /** As it goes over the wire, but for the dots that SMTP adds. */
        private static String wire(MimeMessage message) throws MessagingException, IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(new CRLFOutputStream(bytes));
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private record Head(MimeMessage message) implements Headers {
        @Override
        public List<String> getFields() {
            return lines();
        }

        @Override
        public List<String> getFields(String name) {
            return lines(name);
        }

        private List<String> lines(String... names) {
            try {
                return Collections.list(
                        names.length == 0 ? message.getAllHeaderLines() : message.getMatchingHeaderLines(names));
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
