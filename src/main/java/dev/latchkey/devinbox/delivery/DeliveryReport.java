package dev.latchkey.devinbox.delivery;

import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Collections;
import java.util.stream.Collectors;

/** What comes back for a mail that was taken and could not be delivered (RFC 3464, as an RFC 3462 report). */
final class DeliveryReport {
    private DeliveryReport() {}

    /**
     * The report on a mail.
     *
     * @param recipient whom it did not reach
     * @param sender to whom the report goes
     */
    static MimeMessage on(MimeMessage mail, String recipient, String sender) throws MessagingException {
        String headers = Collections.list(mail.getAllHeaders()).stream()
                .map(DeliveryReport::line)
                .collect(Collectors.joining());
        String report = """
                From: Mail Delivery System <MAILER-DAEMON@localhost>
                To: <%1$s>
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="report"

                --report
                Content-Type: text/plain; charset=us-ascii

                <%2$s>: there is no such mailbox, as /dev/faults was asked for it.

                --report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; localhost

                Final-Recipient: rfc822; %2$s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

                --report
                Content-Type: text/rfc822-headers

                %3$s
                --report--
                """.formatted(sender, recipient, headers);
        return GreenMailUtil.newMimeMessage(report.replace("\n", "\r\n"));
    }

    private static String line(Header header) {
        return header.getName() + ": " + header.getValue().replace("\r\n", "\n") + "\n";
    }
}
