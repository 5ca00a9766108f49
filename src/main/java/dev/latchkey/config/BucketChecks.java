package dev.latchkey.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of the S3 bucket; whether it is there can be asked only once the server starts. */
final class BucketChecks {
    private static final String BUCKET = "latchkey.s3.bucket";
    private static final String ENDPOINT = "latchkey.s3.endpoint";
    private static final String REGION = "latchkey.s3.region";
    private static final String ACCESS_KEY = "latchkey.s3.access-key";
    private static final String SECRET_KEY = "latchkey.s3.secret-key";
    private static final String PUBLIC_URL = "latchkey.s3.public-url";

    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,50}");

    private BucketChecks() {}

    static List<ConfigurationError> findings(SettingValues values, boolean dev) {
        List<ConfigurationError> findings = new ArrayList<>();
        Optional<String> bucket = values.text(BUCKET);
        if (bucket.isEmpty()) {
            findings.add(finding(BUCKET, "is missing", "Name the bucket that keeps the photos"));
        }
        bucket.filter(name -> !BUCKET_NAME.matcher(name).matches())
                .ifPresent(name ->
                        findings.add(finding(BUCKET, "is \"" + name + "\"", "Set it to the bare name of a bucket")));
        values.text(REGION)
                .filter(region -> !REGION_NAME.matcher(region).matches())
                .ifPresent(region -> findings.add(
                        finding(REGION, "is \"" + region + "\"", "Set it to a region such as eu-central-1")));
        // Storage next door is often reached without TLS; requests are signed, and the photos in them are public.
        values.text(ENDPOINT)
                .filter(url -> !isAddress(url, true))
                .ifPresent(url -> findings.add(
                        finding(ENDPOINT, "is no address of a server", "Set it to one such as http://minio:9000")));
        values.text(PUBLIC_URL)
                .filter(url -> !isAddress(url, dev))
                .ifPresent(url -> findings.add(finding(
                        PUBLIC_URL,
                        dev ? "is no address" : "is no https address",
                        "Set it to where browsers can read the bucket, such as https://photos.example.com")));
        together(values, ACCESS_KEY, SECRET_KEY).ifPresent(findings::add);
        together(values, SECRET_KEY, ACCESS_KEY).ifPresent(findings::add);
        return findings;
    }

    private static Optional<ConfigurationError> together(SettingValues values, String there, String other) {
        return values.text(there).isPresent() && values.text(other).isEmpty()
                ? Optional.of(
                        finding(other, "is missing", "Set it beside " + SettingKey.variable(there) + ", or unset both"))
                : Optional.empty();
    }

    private static boolean isAddress(String text, boolean plainToo) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || (plainToo && "http".equals(uri.getScheme())))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static ConfigurationError finding(String property, String wrong, String cure) {
        return new ConfigurationError(SettingKey.variable(property), wrong, cure);
    }
}
