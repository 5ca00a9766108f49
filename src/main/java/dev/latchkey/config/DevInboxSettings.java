package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The embedded mail server of the dev environment, on 127.0.0.1 only.
 *
 * @param devSmtpPort takes the mails; 0 for any free port
 * @param devImapPort shows them to mail programs; 0 for any free port
 */
@ConfigurationProperties("latchkey")
public record DevInboxSettings(
        @Bindable(defaultValue = "3025") int devSmtpPort,
        @Bindable(defaultValue = "3143") int devImapPort) {}
