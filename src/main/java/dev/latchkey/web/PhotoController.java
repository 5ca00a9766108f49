package dev.latchkey.web;

import dev.latchkey.http.EntityTags;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.Photos;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/**
 * Photos by their hash, as long as a profile shows them; what an address shows never changes, so it may be kept for
 * ever.
 */
@Controller("/photos")
final class PhotoController {
    private final Photos photos;
    private final Problems problems;

    PhotoController(Photos photos, Problems problems) {
        this.photos = photos;
        this.problems = problems;
    }

    @Get("/{hash}.jpg")
    @Produces(MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> show(HttpRequest<?> request, String hash) {
        return photos.find(hash)
                .<HttpResponse<?>>map(photo -> answer(request, photo))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.photo")));
    }

    private static HttpResponse<?> answer(HttpRequest<?> request, Photo photo) {
        String etag = '"' + photo.hash() + '"';
        List<String> known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        boolean has = EntityTags.isStar(known) || EntityTags.in(known).contains(photo.hash());
        MutableHttpResponse<byte[]> response =
                has ? HttpResponse.notModified() : HttpResponse.ok(photo.jpeg()).contentLength(photo.jpeg().length);
        return response.contentType(MediaType.IMAGE_JPEG_TYPE)
                .header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header(HttpHeaders.ACCEPT_RANGES, "none")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline");
    }
}
