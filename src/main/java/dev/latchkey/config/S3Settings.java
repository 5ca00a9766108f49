package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.Nullable;

/**
 * The bucket that keeps the photos; only where {@code latchkey.photos} is {@code s3}.
 *
 * @param bucket its name; it has to exist
 * @param endpoint of a store other than AWS, such as {@code http://minio:9000}
 * @param region absent for the SDK's own search with AWS, and for {@code us-east-1} elsewhere
 * @param accessKey absent, like the secret key, for the SDK's own search
 * @param secretKey goes with the access key
 * @param publicUrl where browsers can read the bucket; absent where photos are handed through by this server
 */
@ConfigurationProperties("latchkey.s3")
@Requires(property = "latchkey.photos", value = "s3")
public record S3Settings(
        String bucket,
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String publicUrl) {

    public S3Settings {
        endpoint = present(endpoint);
        region = present(region);
        accessKey = present(accessKey);
        secretKey = present(secretKey);
        publicUrl = present(publicUrl);
    }

    private static @Nullable String present(@Nullable String value) {
        return value == null || value.isBlank() ? null : BaseUrl.withoutSlash(value.strip());
    }

    @Override
    public String toString() {
        return "the bucket " + bucket;
    }
}
