package dev.latchkey.web;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.Photos;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

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
        return Lasting.show(request, photo.hash(), photo.jpeg(), MediaType.IMAGE_JPEG)
                .header(HttpHeaders.ACCEPT_RANGES, "none")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline");
    }
}
