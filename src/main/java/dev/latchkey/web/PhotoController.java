package dev.latchkey.web;

import dev.latchkey.photo.PhotoStore;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Photos by their hash; what an address shows never changes, so it may be kept for ever. */
@Controller("/photos")
final class PhotoController {
    private final PhotoStore store;

    PhotoController(PhotoStore store) {
        this.store = store;
    }

    @Get("/{hash}.jpg")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> show(String hash, @Header(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        byte[] jpeg = store.find(hash)
                .orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "There is no such photo."))
                .jpeg();
        String etag = '"' + hash + '"';
        MutableHttpResponse<byte[]> response =
                matches(known, etag) ? HttpResponse.notModified() : HttpResponse.ok(jpeg);
        return response.contentType(MediaType.IMAGE_JPEG_TYPE)
                .header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header(HttpHeaders.ACCEPT_RANGES, "none")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .header("X-Content-Type-Options", "nosniff");
    }

    /** Weak comparison, as RFC 9110 section 13.1.2 asks for. */
    private static boolean matches(@Nullable String known, String etag) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
    }
}
