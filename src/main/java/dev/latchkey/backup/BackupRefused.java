package dev.latchkey.backup;

/** A backup that was not written, or not restored: nothing was changed, and the message is a sentence for operators. */
public final class BackupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupRefused(String message) {
        super(message);
    }

    BackupRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
