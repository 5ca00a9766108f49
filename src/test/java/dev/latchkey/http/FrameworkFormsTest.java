package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.multipart.CompletedPart;
import io.micronaut.http.server.multipart.MultipartBody;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Why forms are not read by the framework: once one of these fails, look whether {@link FormReader} may go. */
final class FrameworkFormsTest {
    private static final String WHOLE = part("bio", "") + part("name", "Zo\u00eb") + "--b--\r\n";

    private final EmbeddedServer server =
            Contexts.server(Database.SQLITE, Map.of("test.framework-forms", true, "test.edge", true));

    @Test
    @DisplayName("The framework drops fields that were emptied, so that nobody could clear their bio")
    void dropsEmptyFields() {
        assertThat(send("/test-framework-forms", WHOLE).body()).isEqualTo("[\"name\"]");
        assertThat(send("/test-edge/form", WHOLE).body()).isEqualTo("{\"bio\":\"\",\"name\":\"Zo\u00eb\"}");
    }

    @Test
    @DisplayName("The framework takes a form that was cut off for a whole one, so that the rest would count as absent")
    void takesAFormThatWasCutOff() {
        String cut = WHOLE.substring(0, WHOLE.length() - 12);

        assertThat(send("/test-framework-forms", cut).status()).isEqualTo(200);
        assertThat(send("/test-edge/form", cut).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("The framework keeps the type of a text to itself, so that nobody could read it in its character set")
    void tellsNoCharacterSet() {
        assertThat(send("/test-framework-forms", WHOLE).body()).isEqualTo("[\"name\"]");
        assertThat(send("/test-edge/form", WHOLE).body()).contains("Zo\u00eb");
    }

    private static String part(String name, String latin1) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\r\n" + latin1 + "\r\n";
    }

    private Answer send(String path, String body) {
        return RawConnection.send(
                server,
                "POST " + path
                        + " HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    /** Takes forms as the framework reads them. */
    @Controller("/test-framework-forms")
    @Requires(property = "test.framework-forms")
    static final class FrameworkForms {
        @Post(consumes = MediaType.MULTIPART_FORM_DATA)
        Publisher<List<String>> parts(@Body MultipartBody body) {
            return Flux.from(body).map(FrameworkForms::told).collectList();
        }

        private static String told(CompletedPart part) {
            return part.getName()
                    + part.getContentType().map(type -> " as " + type).orElse("");
        }
    }
}
