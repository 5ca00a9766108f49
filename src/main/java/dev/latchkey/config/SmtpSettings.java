package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The mail server that takes our mail.
 *
 * @param host name or address; required
 * @param port default 587, the submission port (RFC 6409)
 * @param username absent when the server asks for none
 * @param password goes with the user name; never sent without TLS
 * @param tls how the connection is protected
 * @param connectTimeout how long to wait for a connection
 * @param timeout how long to wait for each answer and each write
 */
@ConfigurationProperties("latchkey.smtp")
public record SmtpSettings(
        @Nullable String host,
        @Bindable(defaultValue = "587") int port,
        @Nullable String username,
        @Nullable String password,
        @Bindable(defaultValue = "starttls") Tls tls,
        @Bindable(defaultValue = "5s") Duration connectTimeout,
        @Bindable(defaultValue = "10s") Duration timeout) {

    /** How the SMTP connection is protected. */
    public enum Tls {
        /** Not at all: for a relay on the same machine or a private network. */
        NONE,
        /** Upgraded before anything else is said, refused where the server cannot. */
        STARTTLS,
        /** From the first byte (RFC 8314). */
        TLS
    }
}
