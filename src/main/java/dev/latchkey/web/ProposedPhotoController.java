package dev.latchkey.web;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemTexts;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.proposal.ProposedChanges;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;

/** The photo that an assistant proposes, for whoever holds the link; it has no other address before it is saved. */
@Controller("/edit/{token}")
final class ProposedPhotoController {
    private final ProfileEdits edits;
    private final ProposedChanges proposals;
    private final Problems problems;

    ProposedPhotoController(ProfileEdits edits, ProposedChanges proposals, Problems problems) {
        this.edits = edits;
        this.proposals = proposals;
        this.problems = problems;
    }

    @Get("/proposed.jpg")
    @Produces(MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return photo(token)
                .<HttpResponse<?>>map(jpeg -> HttpResponse.ok(jpeg).contentType(MediaType.IMAGE_JPEG_TYPE))
                .orElseGet(() -> problems.respond(
                        request, Problem.of(ProblemType.NOT_FOUND, ProblemTexts.text("no.proposed-photo"))));
    }

    private Optional<byte[]> photo(String token) {
        return edits.load(token) instanceof LoadOutcome.Loaded loaded
                ? proposals.photoOf(loaded.link())
                : Optional.empty();
    }
}
