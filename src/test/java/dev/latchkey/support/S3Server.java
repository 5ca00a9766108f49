package dev.latchkey.support;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server that keeps its buckets in memory, and tells tests what is about to happen. */
public final class S3Server implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Store store = new Store();
    private final S3Proxy proxy;

    public S3Server() {
        proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "test-access-key", "test-secret-key")
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Awaitility.await().until(() -> proxy.getState().equals("STARTED"));
    }

    /** The settings for a new and empty bucket. */
    public Map<String, Object> bucket() {
        String name = "bucket-" + NUMBER.incrementAndGet();
        store.createContainer(name);
        return settings(name);
    }

    /** The settings for a new and empty bucket that everybody can read, as a browser does, without any key. */
    public Map<String, Object> publicBucket() {
        Map<String, Object> settings = new HashMap<>(bucket());
        String name = settings.get("latchkey.s3.bucket").toString();
        store.setContainerAccess(name, BucketCannedACL.PUBLIC_READ);
        settings.put("latchkey.s3.public-url", settings.get("latchkey.s3.endpoint") + "/" + name);
        return settings;
    }

    /** The keys of all objects in the bucket with these settings. */
    public List<String> keys(Map<String, Object> bucket) {
        return store.list(bucket.get("latchkey.s3.bucket").toString()).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The settings for a bucket that may not be there. */
    public Map<String, Object> settings(String bucket) {
        return Map.of(
                "latchkey.photos", "s3",
                "latchkey.s3.bucket", bucket,
                "latchkey.s3.endpoint", "http://127.0.0.1:" + proxy.getPort(),
                "latchkey.s3.access-key", "test-access-key",
                "latchkey.s3.secret-key", "test-secret-key");
    }

    /** Puts an object of one byte. */
    public void put(String bucket, String key) {
        store.putBlob(
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentLength(1L)
                        .build(),
                new ByteArrayInputStream(new byte[1]));
    }

    /** Loses an object of the bucket with these settings. */
    public void remove(Map<String, Object> bucket, String key) {
        store.removeBlob(DeleteObjectRequest.builder()
                .bucket(bucket.get("latchkey.s3.bucket").toString())
                .key(key)
                .build());
    }

    /** Runs something once an object was written, whose key is handed over. */
    public void afterPut(Consumer<String> hook) {
        store.afterPut = hook;
    }

    /** Runs something before an object is deleted, whose key is handed over. */
    public void beforeDelete(Consumer<String> hook) {
        store.beforeDelete = hook;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Store extends ForwardingBlobStore {
        private volatile Consumer<String> afterPut = key -> {};
        private volatile Consumer<String> beforeDelete = key -> {};

        Store() {
            super(new TransientNio2BlobStore());
        }

        /** Objects of a public bucket are public, as a bucket policy makes them. */
        @Override
        public ObjectCannedACL getBlobAccess(String bucket, String key) {
            return getContainerAccess(bucket) == BucketCannedACL.PUBLIC_READ
                    ? ObjectCannedACL.PUBLIC_READ
                    : super.getBlobAccess(bucket, key);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            PutObjectResponse response = super.putBlob(request, content);
            afterPut.accept(request.key());
            return response;
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            beforeDelete.accept(request.key());
            return super.removeBlob(request);
        }
    }
}
