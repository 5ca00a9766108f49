package dev.latchkey.remote;

import dev.latchkey.config.PhotoSettings;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.remote.RemoteFiles.Fetched;
import dev.latchkey.remote.RemoteFiles.Reason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Fetches images that others keep, from an allow-list of hosts. */
@Singleton
public final class RemoteImages {
    private static final int HTTPS = 443;
    private static final int AT_A_TIME = 4;

    private final Set<String> hosts;
    private final RemoteFiles files;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    @Inject
    RemoteImages(PhotoSettings settings, RemoteFiles files) {
        this(settings.imageHosts(), files);
    }

    RemoteImages(Collection<String> hosts, RemoteFiles files) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.files = files;
    }

    /**
     * Fetches the image behind a link, at once and only once.
     *
     * @return at most {@link PhotoProcessor#MOST_BYTES}, whatever they are, or why there are none
     */
    public Fetched fetch(String link) {
        Optional<URI> allowed = parse(link).filter(this::isAllowed);
        if (allowed.isEmpty()) {
            return new Fetched.Refused(Reason.NOT_ALLOWED);
        }
        if (!turns.tryAcquire()) {
            return new Fetched.Refused(Reason.UNREACHABLE);
        }
        try {
            return files.fetch(allowed.get(), "image/jpeg, image/png, image/webp", PhotoProcessor.MOST_BYTES);
        } finally {
            turns.release();
        }
    }

    private static Optional<URI> parse(String link) {
        try {
            return Optional.of(new URI(link));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.toString().chars().allMatch(c -> c > 0x20 && c < 0x7f)
                && hosts.contains(authority(uri).toLowerCase(Locale.ROOT));
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 || uri.getPort() == HTTPS ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
