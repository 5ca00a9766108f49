package dev.latchkey.devinbox.delivery;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.DataCommand;
import com.icegreen.greenmail.user.UserManager;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** The DATA command (RFC 5321, section 4.1.1.4), at which a mail meets the fault that was asked for. */
final class FaultyData extends DataCommand {
    private final Faults faults;
    private final UserManager mailboxes;
    private final Returns returns;
    private final SmtpManager nowhere;

    FaultyData(Faults faults, UserManager mailboxes, Returns returns) {
        this.faults = faults;
        this.mailboxes = mailboxes;
        this.returns = returns;
        nowhere = new SmtpManager(mailboxes.getImapHostManager(), mailboxes) {
            @Override
            public void send(SmtpState state) {
                // Taken, and lost.
            }
        };
    }

    @Override
    public void execute(SmtpConnection connection, SmtpState state, SmtpManager deliveries, String line)
            throws IOException {
        MovingMessage mail = state.getMessage();
        boolean begun = mail.getReturnPath() != null && !mail.getToAddresses().isEmpty();
        MailFault fault = begun ? faults.nextMail().orElse(null) : null;
        // The codes are such as blame the mail and not us: decision 8.
        switch (fault) {
            case null -> super.execute(connection, state, deliveries, line);
            case BUSY -> connection.send("451 4.2.1 Mailbox busy, as /dev/faults was asked for it");
            case REFUSED -> connection.send("550 5.1.1 No such mailbox, as /dev/faults was asked for it");
            case STALL -> stall(connection);
            case CUT -> {
                connection.send("354 Start mail input; end with <CRLF>.<CRLF>");
                connection.readLine();
                connection.quit();
            }
            case BOUNCE -> {
                super.execute(connection, state, nowhere, line);
                returns.report(mail, mailboxes);
            }
        }
    }

    /** Says nothing until one end has gone. */
    private void stall(SmtpConnection connection) throws IOException {
        faults.hold(connection);
        try {
            while (saysSomething(connection)) {
                // Whatever it is, there is no answer.
            }
        } finally {
            faults.letGo(connection);
        }
    }

    private static boolean saysSomething(SmtpConnection connection) throws IOException {
        try {
            return connection.readLine() != null;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}
