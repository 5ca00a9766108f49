package dev.latchkey.config;

import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;

/** The origin of every link that leaves this server. No request header can change it. */
@Singleton
public final class BaseUrl {
    private final String origin;

    BaseUrl(LatchkeySettings settings) {
        String configured = settings.baseUrl();
        if (configured == null) {
            throw new ConfigurationException("LATCHKEY_BASE_URL is missing");
        }
        this.origin = configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
    }

    /** The address of a path of ours, which begins with a slash. */
    public String resolve(String path) {
        return origin + path;
    }

    @Override
    public String toString() {
        return origin;
    }
}
