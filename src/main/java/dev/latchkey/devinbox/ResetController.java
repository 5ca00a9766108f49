package dev.latchkey.devinbox;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;

/** Lets scripts begin each of their tests with the same data. */
@OnlyInDev
@Controller("/dev/reset")
final class ResetController {
    private final DevReset reset;

    ResetController(DevReset reset) {
        this.reset = reset;
    }

    @Post
    @Status(HttpStatus.NO_CONTENT)
    void reset() {
        reset.reset();
    }
}
