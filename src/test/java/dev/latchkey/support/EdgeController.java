package dev.latchkey.support;

import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.views.ModelAndView;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Routes of every kind that the edge must protect; chosen with the property {@code test.edge}. */
@Controller("/test-edge")
@Requires(property = "test.edge")
public final class EdgeController {
    private final Forms forms;
    private final AtomicInteger largeAnswers = new AtomicInteger();

    EdgeController(Forms forms) {
        this.forms = forms;
    }

    @Post("/json")
    Map<String, Object> json(HttpRequest<?> request) {
        JsonFields fields = forms.json(request);
        Map<String, Object> seen = new TreeMap<>();
        String text = fields.string("text");
        if (text != null) {
            seen.put("text", text);
        }
        Long number = fields.integer("number");
        if (number != null) {
            seen.put("number", number);
        }
        return seen;
    }

    @Post("/form")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    Map<String, Object> form(HttpRequest<?> request) {
        try (Form form = forms.form(request)) {
            Map<String, Object> seen = new TreeMap<>(form.texts());
            form.photo().ifPresent(photo -> {
                seen.put("photo.size", photo.size());
                if (!photo.tooLarge()) {
                    seen.put("photo.sum", Arrays.hashCode(Images.bytes(photo)));
                }
            });
            return seen;
        }
    }

    @Get("/caller")
    Map<String, Object> caller(Caller caller) {
        Map<String, Object> seen = new TreeMap<>(Map.of("key", caller.key()));
        seen.put("assistant", String.valueOf(caller.assistant()));
        seen.put("user", String.valueOf(caller.user()));
        seen.put("conversation", String.valueOf(caller.conversation()));
        return seen;
    }

    @Get("/value/{number}")
    String value(int number, @QueryValue(defaultValue = "0") int more) {
        return number + "," + more;
    }

    /** A page whose template fails halfway. */
    @Get(value = "/page", produces = MediaType.TEXT_HTML)
    HttpResponse<?> page() {
        return HttpResponse.ok(new ModelAndView<>("fails", Map.of()));
    }

    @Get("/fails/{how}")
    String fails(String how) throws SQLException {
        return switch (how) {
            case "never" -> how;
            case "locked" -> throw new SQLTransientConnectionException("pool-secret");
            case "memory" -> throw new OutOfMemoryError("heap-secret");
            default -> throw new IllegalStateException("jdbc:secret");
        };
    }

    /** A hundred kilobytes; {@link #largeAnswers} tells how often it was asked for. */
    @Get("/large")
    String large() {
        largeAnswers.incrementAndGet();
        return "x".repeat(100_000);
    }

    /** How many large answers were made. */
    public int largeAnswers() {
        return largeAnswers.get();
    }

    @Get("/empty")
    HttpResponse<?> empty() {
        return HttpResponse.notFound();
    }
}
