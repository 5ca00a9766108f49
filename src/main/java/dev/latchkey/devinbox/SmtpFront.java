package dev.latchkey.devinbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;

/** GreenMail's SMTP server, which tells when a mail has come. */
final class SmtpFront extends SmtpServer {
    private final SmtpManager deliveries;

    SmtpFront(ServerSetup setup, Managers managers, Arrivals arrivals) {
        super(setup, managers);
        deliveries = new SmtpManager(managers.getImapHostManager(), managers.getUserManager()) {
            @Override
            public synchronized void send(SmtpState state) {
                super.send(state);
                arrivals.announce();
            }
        };
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
        return new SmtpHandler(new SmtpCommandRegistry(), deliveries, socket);
    }
}
