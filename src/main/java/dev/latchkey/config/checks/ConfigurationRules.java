package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.each;
import static dev.latchkey.config.checks.ConfigurationRule.file;
import static dev.latchkey.config.checks.ConfigurationRule.matching;
import static dev.latchkey.config.checks.ConfigurationRule.missing;
import static dev.latchkey.config.checks.ConfigurationRule.missingBeside;
import static dev.latchkey.config.checks.ConfigurationRule.right;
import static dev.latchkey.config.checks.ConfigurationRule.typed;
import static dev.latchkey.config.checks.ConfigurationRule.value;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.ActionKey;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.config.client.ClientFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be true of the settings: the key, what may be wrong with it, and the cure. */
final class ConfigurationRules {
    private static final String LIFETIME = "latchkey.link-lifetime";
    static final String ACTION_KEYS = "latchkey.action-keys";
    static final String METRICS_KEYS = "latchkey.metrics-keys";
    private static final String SMTP_USERNAME = "latchkey.smtp.username";
    private static final String SMTP_PASSWORD = "latchkey.smtp.password";
    private static final String MAIL_FROM = "latchkey.mail-from";
    private static final String PHOTOS = SettingKey.PHOTOS;
    private static final String BUCKET = "latchkey.s3.bucket";
    private static final String S3_ACCESS_KEY = "latchkey.s3.access-key";
    private static final String S3_SECRET_KEY = "latchkey.s3.secret-key";

    static final String MAKE_KEYS = "Make keys with \"openssl rand -hex 32\"";
    private static final String NAME_A_SENDER = "Set it to a sender such as Latchkey <latchkey@example.com>";

    private static final String PUBLISHED_KEY = "dev-action-key";
    private static final int SHORTEST_KEY = 16;
    static final int HIGHEST_PORT = 65_535;

    /** The name of a header (RFC 9110, section 5.1). */
    private static final String HEADER = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** Every value is of its type: numbers of at least 1, durations longer than nothing, known words. */
    private static final List<ConfigurationRule> TYPES = Stream.concat(
                    SettingKey.all().flatMap(ConfigurationRules::ofType),
                    Stream.of(
                            port("micronaut.server.port", -1),
                            typed(
                                            LIFETIME,
                                            Duration.class,
                                            ConfigurationRules::isLifetime,
                                            "Set it to a duration from 1s to 24h")
                                    .where(values -> values.as(LIFETIME, Duration.class)
                                            .filter(Duration::isPositive)
                                            .isPresent())))
            .toList();

    /** Where data lives. */
    private static final List<ConfigurationRule> STORAGE = List.of(
            right(PHOTOS, List.of("local", "s3")::contains, "Set it to local or s3, or leave it unset"),
            value(
                    "datasources.default.url",
                    (url, dev) -> isDatabase(url) ? null : "is neither a SQLite file nor PostgreSQL",
                    "Begin it with jdbc:postgresql: or jdbc:sqlite:, or leave it unset"));

    /** The bucket of the photos. Whether it is there can be asked only once the server starts. */
    private static final List<ConfigurationRule> S3 = List.of(
            missing(BUCKET, "Name the bucket that keeps the photos"),
            matching(BUCKET, "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "Set it to the bare name of a bucket"),
            matching("latchkey.s3.region", "[a-z0-9-]{1,50}", "Set it to a region such as eu-central-1"),
            // Storage next door is often reached without TLS; requests are signed, and the photos in them are public.
            value(
                    "latchkey.s3.endpoint",
                    (url, dev) -> BaseUrl.isAddress(url, true) ? null : "is no address of a server",
                    "Set it to one such as http://minio:9000"),
            value(
                    "latchkey.s3.public-url",
                    (url, dev) -> BaseUrl.isAddress(url, dev) ? null : dev ? "is no address" : "is no https address",
                    "Set it to where browsers can read the bucket, such as https://photos.example.com"),
            missingBeside(S3_ACCESS_KEY, S3_SECRET_KEY),
            missingBeside(S3_SECRET_KEY, S3_ACCESS_KEY));

    /** Links, keys that must be hard to guess, and mail; commands need none of them. */
    private static final List<ConfigurationRule> SERVING = List.of(
            missing(
                            BaseUrl.KEY,
                            "Set it to the origin at which people reach this server, such as https://id.example.com")
                    .unlessDev(),
            value(
                    BaseUrl.KEY,
                    (url, dev) -> BaseUrl.objection(BaseUrl.withoutSlash(url), dev),
                    "Set it to an origin such as https://id.example.com"),
            each(
                    "latchkey.allowed-origins",
                    (origin, dev) -> {
                        String wrong = BaseUrl.objection(origin, dev);
                        return wrong == null ? null : "\"" + origin + "\" " + wrong;
                    },
                    "List exact origins such as https://app.example.com, separated by commas"),
            value(
                    "micronaut.server.client-address-header",
                    (name, dev) -> name.matches(HEADER) ? null : "is \"" + name + "\", not the name of a header",
                    "Name the one header that the proxy overwrites, such as X-Real-IP"),
            value(
                    "latchkey.secret",
                    (secret, dev) -> ServerSecret.isStrong(secret) ? null : "is not base64 of at least 32 bytes",
                    "Set it to what \"openssl rand -base64 32\" prints"),
            each(ACTION_KEYS, (entry, dev) -> weakKey(ActionKey.parse(entry).key(), dev), MAKE_KEYS),
            each(METRICS_KEYS, ConfigurationRules::weakKey, MAKE_KEYS),
            new ConfigurationRule(
                            METRICS_KEYS,
                            values -> values.list(METRICS_KEYS).stream()
                                    .filter(actionBearers(values)::contains)
                                    .map(shared -> "holds a key that assistants have, too"),
                            MAKE_KEYS)
                    .unlessDev(),
            missing("latchkey.smtp.host", "Set it to the mail server that takes this service's mail"),
            missingBeside(SMTP_USERNAME, SMTP_PASSWORD),
            missingBeside(SMTP_PASSWORD, SMTP_USERNAME),
            value(
                            "latchkey.smtp.tls",
                            (tls, dev) -> tls.equalsIgnoreCase("none")
                                    ? "is none, which would send the password in the clear"
                                    : null,
                            "Set it to starttls or tls")
                    .unlessDev()
                    .where(values -> values.has(SMTP_PASSWORD)),
            missing(MAIL_FROM, NAME_A_SENDER),
            value(MAIL_FROM, SenderAddress::objection, NAME_A_SENDER),
            value(
                    "latchkey.support",
                    (support, dev) -> LatchkeySettings.Support.objection(support),
                    "Set it to a mailbox such as help@example.com, or to a page such as https://example.com/help"),
            file(
                    "latchkey.terms-file",
                    path -> unreadable(path).stream(),
                    "Name a text file in UTF-8 that begins with the title, or leave it unset"),
            file(
                    "latchkey.oauth-clients",
                    ClientFile::mistakes,
                    "Correct it as docs/api/oauth.md shows, or leave it unset"),
            matching(
                    "latchkey.openai-challenge",
                    "[!-~]{1,500}",
                    "Set it to the token that OpenAI shows where the app is submitted, and nothing around it"));

    private ConfigurationRules() {}

    /** The rules for work on the data, and those for serving if it will. */
    static Stream<ConfigurationRule> all(boolean serving) {
        return Stream.of(
                        TYPES.stream(),
                        STORAGE.stream(),
                        S3.stream().map(rule -> rule.where(ConfigurationRules::photosGoToS3)),
                        serving
                                ? Stream.of(
                                                SERVING,
                                                BrandRules.ALL,
                                                CollectorRules.ALL,
                                                DkimRules.ALL,
                                                WebhookRules.ALL,
                                                BounceRules.ALL,
                                                AdminRules.ALL)
                                        .flatMap(List::stream)
                                : Stream.<ConfigurationRule>of())
                .flatMap(rules -> rules);
    }

    private static Stream<ConfigurationRule> ofType(SettingKey setting) {
        String key = setting.property();
        Class<?> type = setting.type();
        if (type == int.class && key.endsWith("port")) {
            return Stream.of(port(key, 0));
        }
        if (type == int.class) {
            return Stream.of(
                    typed(key, Integer.class, number -> number >= 1, "Set it to a whole number of at least 1"));
        }
        if (type == Duration.class) {
            return Stream.of(
                    typed(key, Duration.class, Duration::isPositive, "Set it to a duration such as 30s, 15m or 2h"));
        }
        Stream<?> words = type == boolean.class
                ? Stream.of(true, false)
                : type.isEnum() ? Arrays.stream(type.getEnumConstants()) : Stream.of();
        List<String> known =
                words.map(word -> word.toString().toLowerCase(Locale.ROOT)).toList();
        return known.isEmpty()
                ? Stream.of()
                : Stream.of(right(
                        key,
                        text -> known.contains(text.toLowerCase(Locale.ROOT)),
                        "Set it to " + String.join(" or ", known)));
    }

    private static ConfigurationRule port(String key, int lowest) {
        return typed(
                key, Integer.class, port -> port >= lowest && port <= HIGHEST_PORT, "Set it to a port from 1 to 65535");
    }

    private static boolean isLifetime(Duration lifetime) {
        return lifetime.compareTo(Duration.ofSeconds(1)) >= 0 && lifetime.compareTo(Duration.ofHours(24)) <= 0;
    }

    private static boolean photosGoToS3(SettingValues values) {
        return values.text(PHOTOS).filter("s3"::equals).isPresent();
    }

    private static boolean isDatabase(String url) {
        return url.startsWith("jdbc:postgresql:") || (url.startsWith("jdbc:sqlite:") && !url.contains(":memory:"));
    }

    private static Optional<String> unreadable(String file) {
        try {
            return Files.readString(Path.of(file)).isBlank()
                    ? Optional.of("names a file without text, \"" + file + "\"")
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.of("names no text file that can be read, \"" + file + "\"");
        }
    }

    private static @Nullable String weakKey(String key, boolean dev) {
        if (dev) {
            return null;
        }
        if (key.equals(PUBLISHED_KEY)) {
            return "holds \"" + PUBLISHED_KEY + "\", which everybody knows";
        }
        return key.length() < SHORTEST_KEY ? "holds a key of fewer than " + SHORTEST_KEY + " characters" : null;
    }

    private static Set<String> actionBearers(SettingValues values) {
        return values.list(ACTION_KEYS).stream()
                .flatMap(entry -> ActionKey.parse(entry).bearers().stream())
                .collect(Collectors.toSet());
    }
}
