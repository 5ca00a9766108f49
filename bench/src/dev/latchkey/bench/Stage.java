package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What every round of one run shares. */
record Stage(
        Options options, Path home, SmtpSink sink, Mailboxes mailboxes, Ledger ledger, Yardsticks yardsticks) {

    LatchkeyProcess start() throws IOException, InterruptedException {
        return LatchkeyProcess.start(options, home, sink.port(), options.jvmOptions());
    }

    /** Lets both JVMs compile what they are going to run. */
    void warmUp(LatchkeyProcess server) throws Exception {
        LoadBenchmark.progress("warming up");
        for (int i = 0; i < options.warmUps(); i++) {
            round(server, options.connections().getLast());
        }
    }

    /** At most half of the accounts ask in one phase, so that those of the next phase are others. */
    Round.Outcome round(LatchkeyProcess server, int connections) throws Exception {
        return new Round(server, sink, mailboxes, ledger, yardsticks, connections, options.seconds())
                .run(options.accounts() / 2);
    }

    List<String> verify(LatchkeyProcess server, int waitingMails) throws Exception {
        return new Verification(server, home, mailboxes, ledger).run(waitingMails);
    }
}
