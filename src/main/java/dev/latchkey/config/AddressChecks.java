package dev.latchkey.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The origins that this server is told about: its own, and those that may call it. */
final class AddressChecks {
    private static final String BASE_URL = "latchkey.base-url";
    private static final String ORIGINS = "latchkey.allowed-origins";
    private static final String PROXY_HEADER = "micronaut.server.client-address-header";

    /** The name of a header (RFC 9110, section 5.1). */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private AddressChecks() {}

    static List<ConfigurationError> findings(SettingValues values, boolean dev) {
        List<ConfigurationError> findings = new ArrayList<>();
        String variable = SettingKey.variable(BASE_URL);
        values.text(BASE_URL)
                .ifPresentOrElse(
                        url -> objection(withoutSlash(url), dev)
                                .map(wrong -> new ConfigurationError(
                                        variable, wrong, "Set it to an origin such as https://id.example.com"))
                                .ifPresent(findings::add),
                        () -> {
                            if (!dev) {
                                findings.add(new ConfigurationError(
                                        variable,
                                        "is missing",
                                        "Set it to the origin at which people reach this server, such as"
                                                + " https://id.example.com"));
                            }
                        });
        for (String origin : values.list(ORIGINS)) {
            objection(origin, dev)
                    .map(wrong -> new ConfigurationError(
                            SettingKey.variable(ORIGINS),
                            "\"" + origin + "\" " + wrong,
                            "List exact origins such as https://app.example.com, separated by commas"))
                    .ifPresent(findings::add);
        }
        values.text(PROXY_HEADER)
                .filter(name -> !HEADER.matcher(name).matches())
                .map(name -> new ConfigurationError(
                        SettingKey.variable(PROXY_HEADER),
                        "is \"" + name + "\", not the name of a header",
                        "Name the one header that the proxy overwrites, such as X-Real-IP"))
                .ifPresent(findings::add);
        return findings;
    }

    static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** What keeps a text from being an origin (RFC 6454): scheme, host and perhaps a port, nothing else. */
    private static Optional<String> objection(String text, boolean dev) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.of("is not an origin");
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            return Optional.of("is not an origin that begins with https:// and an ASCII host name");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("holds a user name");
        }
        if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("has more than scheme, host and port");
        }
        if (!dev && !uri.getScheme().equals("https")) {
            return Optional.of("is not https");
        }
        return Optional.empty();
    }
}
