package dev.latchkey.devinbox.delivery;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.bounce.Bounces;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.util.Objects;

/** Tells who sent a mail that it did not reach its mailbox: by a report, as mail servers do, which is read here at once. */
@Singleton
@Requires(env = "dev")
public final class Returns {
    private final Arrivals arrivals;

    /** Asked for late, as the mail server is there before the database. */
    private final BeanProvider<Bounces> bounces;

    Returns(Arrivals arrivals, BeanProvider<Bounces> bounces) {
        this.arrivals = arrivals;
        this.bounces = bounces;
    }

    /** Returns a mail that was taken. */
    void report(MovingMessage mail, UserManager mailboxes) {
        MailAddress sender = mail.getReturnPath();
        try {
            String messageId = Objects.requireNonNullElse(mail.getMessage().getMessageID(), "");
            for (MailAddress address : mail.getToAddresses()) {
                String recipient = address.getEmail();
                bounces.get().cameBack(messageId, recipient, Undeliverable.BOUNCE);
                MovingMessage report = new MovingMessage();
                report.setMimeMessage(DeliveryReport.on(mail.getMessage(), recipient, sender.getEmail()));
                mailboxes.deliver(report, sender);
            }
        } catch (MessagingException | UserException e) {
            throw new IllegalStateException("A report cannot be returned", e);
        }
        arrivals.announce();
    }
}
