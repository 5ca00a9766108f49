package dev.latchkey.photo.store;

import dev.latchkey.config.S3Settings;
import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks for the bucket once before serving, as a wrong name or key would otherwise be found by the first upload. */
@Singleton
@Named(BucketCheck.NAME)
@Requires(bean = S3Settings.class)
final class BucketCheck implements ServingCheck {
    static final String NAME = "bucket";

    private static final String BUCKET = "latchkey.s3.bucket";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final S3Settings settings;

    BucketCheck(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public void check() {
        try {
            client.headBucket(request -> request.bucket(settings.bucket()));
        } catch (S3Exception e) {
            throw explain(e.statusCode());
        } catch (SdkException | UncheckedIOException e) {
            throw new UnusableSetting(
                    "latchkey.s3.endpoint",
                    "the store cannot be asked for the bucket (" + e.getMessage() + ")",
                    "Check the address, the region, the credentials, and that the store runs");
        }
    }

    private UnusableSetting explain(int status) {
        return switch (status) {
            case NOT_FOUND ->
                new UnusableSetting(
                        BUCKET,
                        "there is no bucket \"" + settings.bucket() + "\"",
                        "Create it, or name one that is there");
            case FORBIDDEN ->
                new UnusableSetting(
                        "latchkey.s3.access-key",
                        "the store keeps these credentials from the bucket \"" + settings.bucket() + "\"",
                        "Correct them and LATCHKEY_S3_SECRET_KEY, or what they may do");
            default ->
                new UnusableSetting(
                        BUCKET,
                        "the store answers " + status + " when asked for the bucket \"" + settings.bucket() + "\"",
                        "Check its name, LATCHKEY_S3_REGION and LATCHKEY_S3_ENDPOINT");
        };
    }
}
