package dev.latchkey.devinbox;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which mails somebody has opened on the inbox's pages. Its own, and not the flag that mail programs set and ask for: tests
 * that read over IMAP find every mail as the server got it, whoever watches them.
 */
@Singleton
@OnlyInDev
final class ReadMarks {
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    boolean isRead(String id) {
        return read.contains(id);
    }

    void mark(String id) {
        read.add(id);
    }

    /** Marks these, and forgets those that are gone. */
    void markAll(Collection<String> ids) {
        read.addAll(ids);
        read.retainAll(ids);
    }
}
