package dev.latchkey.api.webhooks;

import dev.latchkey.remote.RemoteFiles;
import dev.latchkey.remote.RemoteFiles.Fetched;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.concurrent.Semaphore;

/** What lies at an address of Amazon SNS. */
interface SnsFiles {

    /** Fetches it, over a connection that proves the host. */
    Fetched fetch(URI address);

    /** Few at a time: whoever posts here may name any address of that host. */
    @Singleton
    final class Https implements SnsFiles {
        private static final int AT_A_TIME = 2;
        private static final int MOST_BYTES = 32 * 1024;

        private final RemoteFiles files;
        private final Semaphore turns = new Semaphore(AT_A_TIME);

        Https(RemoteFiles files) {
            this.files = files;
        }

        @Override
        public Fetched fetch(URI address) {
            if (!turns.tryAcquire()) {
                return new Fetched.Refused(RemoteFiles.Reason.UNREACHABLE);
            }
            try {
                return files.fetch(address, "*/*", MOST_BYTES);
            } finally {
                turns.release();
            }
        }
    }
}
