package dev.latchkey.photo.remote;

import dev.latchkey.config.AssistantSettings;
import dev.latchkey.photo.ImageHost;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The product's own fetching, for servers that are started with {@code test.image-host}: it finds {@link ImageHost} on
 * this machine, which is no public address, and {@code inside.example.org} in a private network. Which hosts it may ask
 * is the product's setting, as always.
 */
@Factory
@Requires(property = "test.image-host")
final class ReachableImages {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Singleton
    @Replaces(HttpsImages.class)
    RemoteImages images(AssistantSettings settings) {
        return new HttpsImages(
                Set.copyOf(settings.imageHosts()),
                ReachableImages::resolve,
                address -> address.isLoopbackAddress() || PublicAddresses.contains(address),
                ImageHost.shared().trusting(),
                PATIENCE);
    }

    private static Optional<List<InetAddress>> resolve(String host) {
        try {
            return switch (host) {
                case ImageHost.NAME -> Optional.of(List.of(InetAddress.getLoopbackAddress()));
                case "inside.example.org" -> Optional.of(List.of(InetAddress.getByName("10.1.2.3")));
                default -> Optional.empty();
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
