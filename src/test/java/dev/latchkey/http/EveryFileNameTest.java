package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import io.micronaut.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each of Unicode's scalars in the name of a file that somebody sends. */
final class EveryFileNameTest {
    private static final MediaType TYPE = MediaType.of("multipart/form-data; boundary=x7");
    private static final int AT_A_TIME = 40;

    @Test
    @Asvs("5.4.1")
    void isReadPastOrRefused() throws IOException {
        int[] scalars = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .toArray();
        assertThat(scalars).hasSize(1_112_064);
        List<String> refused = new ArrayList<>();
        for (int from = 0; from < scalars.length; from += AT_A_TIME) {
            int to = Math.min(from + AT_A_TIME, scalars.length);
            if (!isRead(scalars, from, to)) {
                for (int i = from; i < to; i++) {
                    if (!isRead(scalars, i, i + 1)) {
                        refused.add("U+%04X".formatted(scalars[i]));
                    }
                }
            }
        }
        assertThat(refused).as("what ends a line, or is in no head of HTTP").isSubsetOf("U+0000", "U+000A", "U+000D");
    }

    private static boolean isRead(int[] scalars, int from, int to) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = from; i < to; i++) {
            body.append("--x7\r\nContent-Disposition: form-data; name=\"")
                    .append(i == from ? "photo" : "other" + i)
                    .append("\"; filename=\"a")
                    .appendCodePoint(scalars[i])
                    .append("b.jpg\"\r\n\r\npixels\r\n");
        }
        body.append("--x7\r\nContent-Disposition: form-data; name=\"bio\"\r\n\r\nme\r\n--x7--\r\n");
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        try (Forms.Form form = new FormReader(new ByteArrayInputStream(bytes), TYPE, StandardCharsets.UTF_8).read()) {
            assertThat(form.text("bio")).isEqualTo("me");
            assertThat(form.photo()).isPresent();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
