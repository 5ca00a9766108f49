package dev.latchkey.config;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mail must leave through a server that is known, protected and told a proper sender. */
final class MailChecks {
    private static final String HOST = "latchkey.smtp.host";
    private static final String USERNAME = "latchkey.smtp.username";
    private static final String PASSWORD = "latchkey.smtp.password";
    private static final String TLS = "latchkey.smtp.tls";
    private static final String FROM = "latchkey.mail-from";

    private MailChecks() {}

    static List<ConfigurationError> findings(SettingValues values, boolean dev) {
        List<ConfigurationError> findings = new ArrayList<>();
        boolean username = values.text(USERNAME).isPresent();
        boolean password = values.text(PASSWORD).isPresent();
        if (values.text(HOST).isEmpty()) {
            findings.add(finding(HOST, "is missing", "Set it to the mail server that takes this service's mail"));
        }
        if (username != password) {
            findings.add(
                    username
                            ? finding(PASSWORD, "is missing", "Set it beside LATCHKEY_SMTP_USERNAME, or unset both")
                            : finding(USERNAME, "is missing", "Set it beside LATCHKEY_SMTP_PASSWORD, or unset both"));
        }
        if (!dev
                && password
                && values.text(TLS).filter("none"::equalsIgnoreCase).isPresent()) {
            findings.add(
                    finding(TLS, "is none, which would send the password in the clear", "Set it to starttls or tls"));
        }
        senderObjection(values.text(FROM), dev)
                .map(wrong -> finding(FROM, wrong, "Set it to a sender such as Latchkey <latchkey@example.com>"))
                .ifPresent(findings::add);
        return findings;
    }

    private static Optional<String> senderObjection(Optional<String> from, boolean dev) {
        if (from.isEmpty()) {
            return Optional.of("is missing");
        }
        try {
            InternetAddress[] senders = InternetAddress.parse(from.get(), true);
            if (senders.length != 1 || senders[0].isGroup()) {
                return Optional.of("is not exactly one address");
            }
            senders[0].validate();
            String address = senders[0].getAddress();
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(address)) {
                return Optional.of("has an address that is not ASCII");
            }
            boolean dotted = address.substring(address.indexOf('@') + 1).contains(".");
            return dotted || dev ? Optional.empty() : Optional.of("has an address without a full domain");
        } catch (AddressException e) {
            return Optional.of("is not an address");
        }
    }

    private static ConfigurationError finding(String property, String wrong, String cure) {
        return new ConfigurationError(SettingKey.variable(property), wrong, cure);
    }
}
