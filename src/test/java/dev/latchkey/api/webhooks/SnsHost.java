package dev.latchkey.api.webhooks;

import dev.latchkey.remote.RemoteFiles;
import dev.latchkey.remote.RemoteFiles.Fetched;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Amazon SNS, for servers that are started with {@code test.sns}: has the files that a test puts there. */
@Singleton
@Replaces(SnsFiles.Https.class)
@Requires(property = "test.sns")
final class SnsHost implements SnsFiles {
    private final Map<URI, byte[]> files = new ConcurrentHashMap<>();
    private final List<URI> asked = new CopyOnWriteArrayList<>();

    void put(String address, byte[] file) {
        files.put(URI.create(address), file);
    }

    /** All that was asked for, the oldest first. */
    List<URI> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Fetched fetch(URI address) {
        asked.add(address);
        byte[] file = files.get(address);
        return file == null ? new Fetched.Refused(RemoteFiles.Reason.UNREACHABLE) : new Fetched.File(file, null);
    }
}
