package dev.latchkey.devinbox.delivery;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;

/** GreenMail's SMTP server, which tells when a mail has come, and makes the faults that were asked for. */
public final class SmtpFront extends SmtpServer {
    private final SmtpManager deliveries;
    private final SmtpCommandRegistry commands;

    /** One that is not started. */
    public SmtpFront(
            ServerSetup setup, Managers managers, MailGate gate, Arrivals arrivals, Faults faults, Returns returns) {
        super(setup, managers);
        SmtpCommand data = new FaultyData(faults, managers.getUserManager(), returns);
        deliveries = new SmtpManager(managers.getImapHostManager(), managers.getUserManager()) {
            @Override
            public synchronized void send(SmtpState state) {
                gate.enter(state.getMessage().getMessage(), () -> super.send(state));
                arrivals.announce();
            }
        };
        commands = new SmtpCommandRegistry() {
            @Override
            public SmtpCommand getCommand(String name) {
                return name.equals("DATA") ? data : super.getCommand(name);
            }
        };
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
        return new SmtpHandler(commands, deliveries, socket);
    }
}
