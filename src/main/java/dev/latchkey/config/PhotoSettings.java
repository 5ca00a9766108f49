package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * Where photos may come from, how many are taken, and how long those are kept that nothing refers to.
 *
 * @param photoGrace time after storing in which a photo is never swept; longer than any save takes
 * @param photoSweepInterval time between two sweeps, and before the first one
 * @param photosPerHour photos that may be uploaded for one account within any hour
 * @param imageHosts hosts from which a proposed photo is fetched over https
 */
@ConfigurationProperties("latchkey")
public record PhotoSettings(
        @Bindable(defaultValue = "24h") Duration photoGrace,
        @Bindable(defaultValue = "1h") Duration photoSweepInterval,
        @Bindable(defaultValue = "20") int photosPerHour,
        @Bindable(defaultValue = "files.oaiusercontent.com") List<String> imageHosts) {

    public PhotoSettings {
        imageHosts = imageHosts.stream()
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }
}
