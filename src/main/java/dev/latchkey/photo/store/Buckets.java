package dev.latchkey.photo.store;

import dev.latchkey.config.S3Settings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Connects to the bucket; nothing of the SDK is touched where photos are kept locally. */
@Factory
@Requires(bean = S3Settings.class)
final class Buckets {
    private static final Duration TO_CONNECT = Duration.ofSeconds(2);
    private static final Duration FOR_EACH_READ = Duration.ofSeconds(4);
    private static final Duration FOR_ONE_ATTEMPT = Duration.ofSeconds(5);

    /** Shorter than any store keeps a connection that nobody uses. */
    private static final Duration KEPT_IDLE = Duration.ofSeconds(5);

    /** Shorter than the assistant's patience, and long enough for every attempt. */
    static final Duration FOR_ALL_ATTEMPTS = Duration.ofSeconds(15);

    static final int ATTEMPTS = 3;
    private static final String ANY_REGION = "us-east-1";

    @Singleton
    @Bean(preDestroy = "close")
    S3Client client(S3Settings settings) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(TO_CONNECT)
                        .socketTimeout(FOR_EACH_READ)
                        .connectionMaxIdleTime(KEPT_IDLE))
                .overrideConfiguration(calls -> calls.apiCallAttemptTimeout(FOR_ONE_ATTEMPT)
                        .apiCallTimeout(FOR_ALL_ATTEMPTS)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                // Newer checksums are unknown to many a store that speaks S3.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        String endpoint = settings.endpoint();
        if (endpoint != null) {
            client.endpointOverride(URI.create(endpoint)).forcePathStyle(true).region(Region.of(ANY_REGION));
        }
        if (settings.region() != null) {
            client.region(Region.of(settings.region()));
        }
        if (settings.accessKey() != null && settings.secretKey() != null) {
            client.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        }
        return client.build();
    }
}
