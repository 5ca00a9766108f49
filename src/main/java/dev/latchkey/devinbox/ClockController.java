package dev.latchkey.devinbox;

import dev.latchkey.config.DevClock;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;

/** Lets scripts put the clock forward instead of waiting. */
@OnlyInDev
@Requires(bean = DevClock.class)
@Controller("/dev/clock")
final class ClockController {
    private static final Duration MOST_AT_ONCE = Duration.ofDays(366);
    private static final Duration MOST_IN_ALL = Duration.ofDays(3660);

    private final DevClock clock;
    private final TimeTravel travel;
    private final Forms forms;

    ClockController(DevClock clock, TimeTravel travel, Forms forms) {
        this.clock = clock;
        this.travel = travel;
        this.forms = forms;
    }

    @Get
    Told tell() {
        return new Told(clock.instant(), clock.offset().toString());
    }

    /** Answers when all that is due by then has been seen to. */
    @Post
    Told forward(HttpRequest<?> request) {
        String text = forms.json(request).string("forward");
        Duration by = ConversionService.SHARED
                .convert(text == null ? "" : text, Duration.class)
                .filter(Duration::isPositive)
                .filter(duration -> duration.compareTo(MOST_AT_ONCE) <= 0)
                .orElseThrow(
                        () -> refused("forward is not a duration from 1ms to 366 days, such as 20m, 73h or PT20M; the"
                                + " clock goes forward only."));
        if (!travel.forward(by, MOST_IN_ALL)) {
            throw refused("The clock would be more than 3660 days ahead. POST /dev/reset sets it back.");
        }
        return tell();
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, "forward", detail));
    }

    /**
     * What the clock says.
     *
     * @param offset by how much it is ahead of the machine's, as {@code PT20M}
     */
    @Serdeable
    record Told(Instant now, String offset) {}
}
