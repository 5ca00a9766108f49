package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Folders;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StartUpChecksTest {
    @TempDir
    Path data;

    @Test
    void letsASafeConfigurationPass() {
        assertThat(findings(Map.of())).isEmpty();
        assertThat(findings(Map.of(
                        "latchkey.smtp.username", "u",
                        "latchkey.smtp.password", "p",
                        "latchkey.action-keys", "0123456789abcdef,Support Bot:fedcba9876543210,/:/:/:/:/:/:/:/:",
                        "latchkey.secret", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                        "latchkey.base-url", "https://id.example.com:8443/",
                        "latchkey.allowed-origins", "https://a.example.com,https://b.example.com:444",
                        "latchkey.unknown-user", "conceal",
                        "datasources.default.url", "jdbc:postgresql://db/latchkey")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latchkey.base-url | http://id.example.com | LATCHKEY_BASE_URL: is not https. Set it to an origin such as https://id.example.com.
            latchkey.base-url | https://id.example.com/path | LATCHKEY_BASE_URL: has more than scheme, host and port. Set it to an origin such as https://id.example.com.
            latchkey.base-url | https://id.example.com?q | LATCHKEY_BASE_URL: has more than scheme, host and port. Set it to an origin such as https://id.example.com.
            latchkey.base-url | https://id.example.com#f | LATCHKEY_BASE_URL: has more than scheme, host and port. Set it to an origin such as https://id.example.com.
            latchkey.base-url | https://me@id.example.com | LATCHKEY_BASE_URL: holds a user name. Set it to an origin such as https://id.example.com.
            latchkey.base-url | id.example.com | LATCHKEY_BASE_URL: is not an origin that begins with https:// and an ASCII host name. Set it to an origin such as https://id.example.com.
            latchkey.base-url | ftp://id.example.com | LATCHKEY_BASE_URL: is not an origin that begins with https:// and an ASCII host name. Set it to an origin such as https://id.example.com.
            latchkey.base-url | https://a b | LATCHKEY_BASE_URL: is not an origin. Set it to an origin such as https://id.example.com.
            latchkey.base-url | '' | LATCHKEY_BASE_URL: is missing. Set it to the origin at which people reach this server, such as https://id.example.com.
            latchkey.secret | no base64! | LATCHKEY_SECRET: is not base64 of at least 32 bytes. Set it to what "openssl rand -base64 32" prints.
            latchkey.secret | c2hvcnQ= | LATCHKEY_SECRET: is not base64 of at least 32 bytes. Set it to what "openssl rand -base64 32" prints.
            latchkey.action-keys | 0123456789abcdef,short | LATCHKEY_ACTION_KEYS: holds a key of fewer than 16 characters. Make keys with "openssl rand -hex 32".
            latchkey.action-keys | dev-action-key | LATCHKEY_ACTION_KEYS: holds "dev-action-key", which everybody knows. Make keys with "openssl rand -hex 32".
            latchkey.action-keys | A bot with a long name:short | LATCHKEY_ACTION_KEYS: holds a key of fewer than 16 characters. Make keys with "openssl rand -hex 32".
            latchkey.action-keys | Support Bot:dev-action-key | LATCHKEY_ACTION_KEYS: holds "dev-action-key", which everybody knows. Make keys with "openssl rand -hex 32".
            latchkey.metrics-keys | short | LATCHKEY_METRICS_KEYS: holds a key of fewer than 16 characters. Make keys with "openssl rand -hex 32".
            latchkey.metrics-keys | dev-action-key | LATCHKEY_METRICS_KEYS: holds "dev-action-key", which everybody knows. Make keys with "openssl rand -hex 32".
            latchkey.smtp.host | '' | LATCHKEY_SMTP_HOST: is missing. Set it to the mail server that takes this service's mail.
            latchkey.smtp.username | u | LATCHKEY_SMTP_PASSWORD: is missing. Set it beside LATCHKEY_SMTP_USERNAME, or unset both.
            latchkey.smtp.password | p | LATCHKEY_SMTP_USERNAME: is missing. Set it beside LATCHKEY_SMTP_PASSWORD, or unset both.
            latchkey.smtp.tls | maybe | LATCHKEY_SMTP_TLS: is "maybe". Set it to none or starttls or tls.
            latchkey.smtp.port | 70000 | LATCHKEY_SMTP_PORT: is "70000". Set it to a port from 1 to 65535.
            latchkey.smtp.timeout | 0s | LATCHKEY_SMTP_TIMEOUT: is "0s". Set it to a duration such as 30s, 15m or 2h.
            latchkey.mail-from | '' | LATCHKEY_MAIL_FROM: is missing. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.mail-from | nobody | LATCHKEY_MAIL_FROM: is not an address. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.mail-from | a@example.com, b@example.com | LATCHKEY_MAIL_FROM: is not exactly one address. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.mail-from | <a@@example.com> | LATCHKEY_MAIL_FROM: is not an address. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.mail-from | Latchkey <läch@example.com> | LATCHKEY_MAIL_FROM: has an address that is not ASCII. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.mail-from | latchkey@localhost | LATCHKEY_MAIL_FROM: has an address without a full domain. Set it to a sender such as Latchkey <latchkey@example.com>.
            latchkey.link-lifetime | abc | LATCHKEY_LINK_LIFETIME: is "abc". Set it to a duration such as 30s, 15m or 2h.
            latchkey.link-lifetime | 10ms | LATCHKEY_LINK_LIFETIME: is "10ms". Set it to a duration from 1s to 24h.
            latchkey.link-lifetime | 25h | LATCHKEY_LINK_LIFETIME: is "25h". Set it to a duration from 1s to 24h.
            latchkey.link-lifetime | -5m | LATCHKEY_LINK_LIFETIME: is "-5m". Set it to a duration such as 30s, 15m or 2h.
            latchkey.links-per-minute | 0 | LATCHKEY_LINKS_PER_MINUTE: is "0". Set it to a whole number of at least 1.
            latchkey.links-per-hour | many | LATCHKEY_LINKS_PER_HOUR: is "many". Set it to a whole number of at least 1.
            latchkey.caller-links-per-hour | -1 | LATCHKEY_CALLER_LINKS_PER_HOUR: is "-1". Set it to a whole number of at least 1.
            latchkey.unknown-user | hide | LATCHKEY_UNKNOWN_USER: is "hide". Set it to report or conceal.
            latchkey.allowed-origins | * | LATCHKEY_ALLOWED_ORIGINS: "*" is not an origin that begins with https:// and an ASCII host name. List exact origins such as https://app.example.com, separated by commas.
            latchkey.allowed-origins | https://a.example.com/,https://b.example.com | LATCHKEY_ALLOWED_ORIGINS: "https://a.example.com/" has more than scheme, host and port. List exact origins such as https://app.example.com, separated by commas.
            latchkey.allowed-origins | http://a.example.com | LATCHKEY_ALLOWED_ORIGINS: "http://a.example.com" is not https. List exact origins such as https://app.example.com, separated by commas.
            latchkey.support | help | LATCHKEY_SUPPORT: is neither one mail address nor an https address. Set it to a mailbox such as help@example.com, or to a page such as https://example.com/help.
            latchkey.support | help@localhost | LATCHKEY_SUPPORT: has an address without a full domain. Set it to a mailbox such as help@example.com, or to a page such as https://example.com/help.
            latchkey.support | http://example.com/help | LATCHKEY_SUPPORT: is neither one mail address nor an https address. Set it to a mailbox such as help@example.com, or to a page such as https://example.com/help.
            latchkey.support | javascript:alert(1) | LATCHKEY_SUPPORT: is neither one mail address nor an https address. Set it to a mailbox such as help@example.com, or to a page such as https://example.com/help.
            latchkey.brand.name | 0123456789012345678901234567890123456789012345678901234567890 | LATCHKEY_BRAND_NAME: is longer than 60 characters. Set it to the name that people know you by, such as Aurora Books.
            latchkey.brand.accent | purple | LATCHKEY_BRAND_ACCENT: is "purple", not a colour such as #7a3cff. Set it to a colour that links can have on light pages, or leave it unset.
            latchkey.brand.accent | #ffff00 | LATCHKEY_BRAND_ACCENT: is #ffff00, whose contrast with the light pages is 1.00, and text needs 4.5; #757500 would do. Set it to a colour that links can have on light pages, or leave it unset.
            latchkey.brand.logo | /nowhere/logo.svg | LATCHKEY_BRAND_LOGO: names no file that can be read, "/nowhere/logo.svg". Name a plain SVG, or a PNG, of at most 256 KiB, or leave it unset.
            latchkey.brand.logo | pom.xml | LATCHKEY_BRAND_LOGO: names neither an SVG nor a PNG, "pom.xml". Name a plain SVG, or a PNG, of at most 256 KiB, or leave it unset.
            latchkey.terms-file | /nowhere/terms.txt | LATCHKEY_TERMS_FILE: names no text file that can be read, "/nowhere/terms.txt". Name a text file in UTF-8 that begins with the title, or leave it unset.
            latchkey.terms-file | /dev/null | LATCHKEY_TERMS_FILE: names a file without text, "/dev/null". Name a text file in UTF-8 that begins with the title, or leave it unset.
            latchkey.openai-challenge | two words | LATCHKEY_OPENAI_CHALLENGE: is "two words". Set it to the token that OpenAI shows where the app is submitted, and nothing around it.
            latchkey.photos | disk | LATCHKEY_PHOTOS: is "disk". Set it to local or s3, or leave it unset.
            latchkey.photos | s3 | LATCHKEY_S3_BUCKET: is missing. Name the bucket that keeps the photos.
            datasources.default.url | jdbc:mysql://db/latchkey | DATASOURCES_DEFAULT_URL: is neither a SQLite file nor PostgreSQL. Begin it with jdbc:postgresql: or jdbc:sqlite:, or leave it unset.
            datasources.default.url | jdbc:sqlite::memory: | DATASOURCES_DEFAULT_URL: is neither a SQLite file nor PostgreSQL. Begin it with jdbc:postgresql: or jdbc:sqlite:, or leave it unset.
            micronaut.server.port | x | MICRONAUT_SERVER_PORT: is "x". Set it to a port from 1 to 65535.
            micronaut.server.client-address-header | X-Real-IP, Forwarded | MICRONAUT_SERVER_CLIENT_ADDRESS_HEADER: is "X-Real-IP, Forwarded", not the name of a header. Name the one header that the proxy overwrites, such as X-Real-IP.
            micronaut.server.port | 65536 | MICRONAUT_SERVER_PORT: is "65536". Set it to a port from 1 to 65535.
            latchkey.data-dir | /proc/nowhere | LATCHKEY_DATA_DIR: cannot be written, "/proc/nowhere". Name a directory that the user of this process may write to.
            """)
    @Asvs({"12.2.1", "13.2.3"})
    void refusesWithTheCure(String property, String value, String line) {
        assertThat(findings(Map.of(property, value))).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bucket | Not_A_Bucket | LATCHKEY_S3_BUCKET: is "Not_A_Bucket". Set it to the bare name of a bucket.
            endpoint | minio:9000 | LATCHKEY_S3_ENDPOINT: is no address of a server. Set it to one such as http://minio:9000.
            endpoint | http://me@minio | LATCHKEY_S3_ENDPOINT: is no address of a server. Set it to one such as http://minio:9000.
            region | eu central | LATCHKEY_S3_REGION: is "eu central". Set it to a region such as eu-central-1.
            access-key | a | LATCHKEY_S3_SECRET_KEY: is missing. Set it beside LATCHKEY_S3_ACCESS_KEY, or unset both.
            secret-key | s | LATCHKEY_S3_ACCESS_KEY: is missing. Set it beside LATCHKEY_S3_SECRET_KEY, or unset both.
            public-url | http://photos.example.com | LATCHKEY_S3_PUBLIC_URL: is no https address. Set it to where browsers can read the bucket, such as https://photos.example.com.
            """)
    void refusesAnUnusableBucketWithTheCure(String key, String value, String line) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "latchkey.photos", "s3",
                "latchkey.s3.bucket", "photos.example.com",
                "latchkey.s3.endpoint", "http://minio:9000",
                "latchkey.s3.region", "eu-central-1",
                "latchkey.s3.public-url", "https://photos.example.com/faces"));
        assertThat(findings(settings)).isEmpty();
        settings.put("latchkey.s3." + key, value);
        assertThat(findings(settings)).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fedcba9876543210", "Support Bot:fedcba9876543210"})
    void refusesMetricsForAssistantsWithANameToo(String shared) {
        assertThat(findings(Map.of(
                        "latchkey.action-keys",
                        "0123456789abcdef,Support Bot:fedcba9876543210",
                        "latchkey.metrics-keys",
                        shared)))
                .containsExactly("LATCHKEY_METRICS_KEYS: holds a key that assistants have, too."
                        + " Make keys with \"openssl rand -hex 32\".");
    }

    @Test
    void refusesMetricsForAssistants() {
        assertThat(findings(Map.of(
                        "latchkey.action-keys", "0123456789abcdef",
                        "latchkey.metrics-keys", "fedcba9876543210,0123456789abcdef")))
                .containsExactly("LATCHKEY_METRICS_KEYS: holds a key that assistants have, too."
                        + " Make keys with \"openssl rand -hex 32\".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | names a file that holds no JSON list of at most 1 MiB
            [1] | in its file, client 1: is no JSON object
            [{"redirect_uris": ["https://a.example.com/"]}] | in its file, client 1: client_id must be 1 to 200 characters of ASCII
            [{"client_id": "a"}] | in its file, client 1: redirect_uris must name 1 to 50 addresses
            [{"client_id": "a", "redirect_uris": ["http://a.example.com/"]}] | in its file, client 1: an address in redirect_uris may not be redirected to: it must be https, http to this machine alone, or an app's own scheme, without a fragment
            [{"client_id": "a", "redirect_uris": ["https://a.example.com/"], "token_endpoint_auth_method": "client_secret_post", "client_secret": "0123456789abcdef"}] | in its file, client 1: token_endpoint_auth_method must be none or client_secret_basic
            [{"client_id": "a", "redirect_uris": ["https://a.example.com/"], "token_endpoint_auth_method": "client_secret_basic"}] | in its file, client 1: client_secret_basic needs a client_secret
            [{"client_id": "a", "redirect_uris": ["https://a.example.com/"], "token_endpoint_auth_method": "none", "client_secret": "0123456789abcdef"}] | in its file, client 1: token_endpoint_auth_method none goes with no client_secret
            [{"client_id": "a", "redirect_uris": ["https://a.example.com/"], "client_secret": "short"}] | in its file, client 1: client_secret must be at least 16 characters of ASCII without spaces
            """)
    void refusesAMistakeInTheFileOfClients(String json, String wrong) throws IOException {
        Path file = Files.writeString(data.resolve("clients.json"), json);

        assertThat(findings(Map.of("latchkey.oauth-clients", file)))
                .containsExactly("LATCHKEY_OAUTH_CLIENTS: " + wrong
                        + ". Correct it as docs/api/oauth.md shows, or leave it unset.");
    }

    @Test
    void tellsAllMistakesInTheFileOfClientsAtOnceAndNoSecret() throws IOException {
        Path file = Files.writeString(data.resolve("clients.json"), """
                [{"client_id": "a", "redirect_uris": ["https://a.example.com/"]},
                 {"client_id": "a", "redirect_uris": ["https://a.example.com/"]},
                 {"client_id": "b", "redirect_uris": ["app.example:/back"], "client_secret": "too short"},
                 {"client_id": "c", "client_secret": "a secret that nobody may read", "redirect_uris": ["file:///"]}]
                """);

        assertThat(findings(Map.of("latchkey.oauth-clients", file)))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("client 2: client_id \"a\" is there twice"))
                .anySatisfy(line -> assertThat(line).contains("client 3: client_secret must"))
                .anySatisfy(line -> assertThat(line).contains("client 4: an address"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf("too short", "nobody may read"));
        assertThat(findings(Map.of("latchkey.oauth-clients", data.resolve("nowhere.json"))))
                .containsExactly("LATCHKEY_OAUTH_CLIENTS: names a file that cannot be read (" + data
                        + "/nowhere.json). Correct it as docs/api/oauth.md shows, or leave it unset.");
    }

    @Test
    void refusesAPasswordInTheClear() {
        assertThat(findings(Map.of(
                        "latchkey.smtp.username", "u", "latchkey.smtp.password", "p", "latchkey.smtp.tls", "none")))
                .containsExactly("LATCHKEY_SMTP_TLS: is none, which would send the password in the clear."
                        + " Set it to starttls or tls.");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThat(findings(Map.of("latchkey.base-url", "x", "latchkey.link-lifetime", "x", "latchkey.smtp.host", "")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1234", "http://10.0.0.1"})
    @Asvs("12.2.1")
    void takesPlainHttpInDevOnly(String url) {
        Map<String, Object> settings =
                Map.of("latchkey.base-url", url, "latchkey.action-keys", "dev-action-key", "latchkey.smtp.tls", "none");

        assertThat(findings(settings, "dev")).isEmpty();
        assertThat(findings(settings)).hasSize(2);
    }

    @Test
    void asksCommandsForNeitherMailNorLinks() {
        assertThat(environment(Map.of("latchkey.base-url", "", "latchkey.smtp.host", "")))
                .satisfies(environment ->
                        assertThat(StartUpChecks.forCommands(environment)).isEmpty());
    }

    @Test
    @Asvs("13.3.2")
    void closesTheSecretToOthers() throws IOException {
        Path secret = Files.writeString(data.resolve("secret"), "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(findings(Map.of())).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    @Asvs("11.2.3")
    void refusesAWeakSecretInTheDataDirectory() throws IOException {
        Path secret = Files.writeString(data.resolve("secret"), "c2hvcnQ=");

        assertThat(findings(Map.of()))
                .containsExactly("LATCHKEY_DATA_DIR: holds a secret that is not base64 of at least 32 bytes, " + secret
                        + ". Restore the file from a backup, or delete it, which kills the links that were sent.");
    }

    @Test
    void refusesADataDirectoryThatIsAFile() throws IOException {
        Path file = Files.createFile(data.resolve("file"));

        assertThat(findings(Map.of("latchkey.data-dir", file.toString())))
                .singleElement()
                .asString()
                .startsWith("LATCHKEY_DATA_DIR: ");
    }

    @Test
    void createsTheDataDirectoryForItsOwnerOnly() throws IOException {
        Path fresh = data.resolve("a/b");

        assertThat(findings(Map.of("latchkey.data-dir", fresh.toString()))).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
        Folders.delete(fresh);
    }

    private List<String> findings(Map<String, ?> settings, String... environments) {
        return StartUpChecks.forServing(environment(settings, environments));
    }

    private Environment environment(Map<String, ?> settings, String... environments) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "latchkey.data-dir", data.toString(),
                "latchkey.base-url", "https://id.example.com",
                "latchkey.smtp.host", "mail.example.com",
                "latchkey.mail-from", "Latchkey <latchkey@example.com>"));
        all.putAll(settings);
        Environment environment = ApplicationContext.builder(environments)
                .deduceEnvironment(false)
                .properties(all)
                .build()
                .getEnvironment();
        return environment.start();
    }
}
