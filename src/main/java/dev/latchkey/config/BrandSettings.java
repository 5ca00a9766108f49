package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * In whose name the service speaks.
 *
 * @param name what people know the operator by
 * @param logo an SVG or PNG file; absent for the logo that comes with the service
 * @param accent the colour of links and buttons, as {@code #rrggbb}; absent for the one that comes with the service
 */
@ConfigurationProperties("latchkey.brand")
public record BrandSettings(
        @Bindable(defaultValue = DEFAULT_NAME) String name,
        @Nullable Path logo,
        @Nullable String accent) {
    /** For whoever has not said their name. */
    public static final String DEFAULT_NAME = "Latchkey";

    public BrandSettings {
        name = name.isBlank() ? DEFAULT_NAME : name.strip();
        logo = logo == null || logo.toString().isBlank() ? null : logo;
        accent = accent == null || accent.isBlank() ? null : accent.strip();
    }
}
