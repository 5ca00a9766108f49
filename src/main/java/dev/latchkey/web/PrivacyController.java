package dev.latchkey.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The privacy policy, whose address every custom GPT with an action has to name. */
@Controller
final class PrivacyController {
    private final PrivacyText text;

    PrivacyController(PrivacyText text) {
        this.text = text;
    }

    @Get("/privacy")
    @Produces(MediaType.TEXT_HTML)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> show() {
        List<PrivacyText.Block> blocks = text.blocks();
        String title = blocks.isEmpty() ? "" : blocks.getFirst().text();
        return Pages.show(
                HttpStatus.OK,
                "privacy",
                Model.of("heading", title, "blocks", blocks.stream().skip(1).toList()));
    }
}
