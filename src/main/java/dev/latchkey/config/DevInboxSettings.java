package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The dev environment and its embedded mail server, which is on 127.0.0.1 only.
 *
 * @param devSmtpPort takes the mails; 0 for any free port
 * @param devImapPort shows them to mail programs; 0 for any free port
 * @param devOpen whether pages and APIs are there for other machines and under other names, too
 */
@ConfigurationProperties("latchkey")
public record DevInboxSettings(
        @Bindable(defaultValue = "3025") int devSmtpPort,
        @Bindable(defaultValue = "3143") int devImapPort,
        @Bindable(defaultValue = "false") boolean devOpen) {}
