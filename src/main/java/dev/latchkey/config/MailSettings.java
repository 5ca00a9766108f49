package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How mails leave the outbox.
 *
 * @param mailFrom the From of every mail, such as {@code latchkey@example.com}; its name is the operator's where it has none
 * @param mailWorkers SMTP connections used side by side
 * @param mailLease how long a worker owns the mails it took; when it dies, others take them after this
 * @param mailPollInterval how often the outbox is looked at for mails of other nodes and retries
 * @param mailRetryFirst wait after the first temporary failure; doubles each time, with jitter
 * @param mailRetryMost longest wait between two attempts
 * @param mailGiveUpAfter age at which a mail that still fails is parked
 */
@ConfigurationProperties("latchkey")
public record MailSettings(
        @Nullable String mailFrom,
        @Bindable(defaultValue = "8") int mailWorkers,
        @Bindable(defaultValue = "60s") Duration mailLease,
        @Bindable(defaultValue = "2s") Duration mailPollInterval,
        @Bindable(defaultValue = "5s") Duration mailRetryFirst,
        @Bindable(defaultValue = "10m") Duration mailRetryMost,
        @Bindable(defaultValue = "24h") Duration mailGiveUpAfter) {

    /**
     * The From, read.
     *
     * @throws IllegalStateException naming the variable and the cure where there is none or it cannot be used
     */
    public SenderAddress sender() {
        try {
            return SenderAddress.parse(mailFrom == null ? "" : mailFrom);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "LATCHKEY_MAIL_FROM " + e.getMessage()
                            + ". Set it to a sender such as Latchkey <latchkey@example.com>.",
                    e);
        }
    }
}
