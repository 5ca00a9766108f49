package dev.latchkey.remote;

import dev.latchkey.photo.ImageHost;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * The product's own fetching, for servers that are started with {@code test.image-host}: it finds {@link ImageHost} on
 * this machine, which is no public address, and {@code inside.example.org} in a private network. Which hosts it may ask
 * is the product's setting, as always.
 */
@Factory
@Requires(property = "test.image-host")
final class ReachableFiles {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Singleton
    @Replaces(RemoteFiles.class)
    RemoteFiles files() {
        return new RemoteFiles(
                ReachableFiles::resolve,
                address -> address.isLoopbackAddress() || PublicAddresses.contains(address),
                ImageHost.shared().trusting(),
                PATIENCE);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case ImageHost.NAME -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            case "inside.example.org" -> new InetAddress[] {InetAddress.getByName("10.1.2.3")};
            default -> throw new UnknownHostException(host);
        };
    }
}
