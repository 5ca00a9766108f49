package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignPageFilterTest {
    private final DevServer server = DevServer.on(Database.SQLITE);

    @ParameterizedTest
    @CsvSource({
        "POST, /dev/reset",
        "POST, /dev/clock",
        "POST, /dev/faults",
        "DELETE, /dev/faults",
        "DELETE, /dev/inbox/messages",
        "POST, /dev/inbox/delete"
    })
    @DisplayName("A page of another origin changes nothing here, whatever it calls")
    void refusesForeignPages(String method, String path) {
        for (String[] from : new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", "http://localhost:1"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            assertThat(server.send(method, path, "{\"forward\": \"1h\"}", from).status())
                    .as(from[0] + ": " + from[1])
                    .isEqualTo(403);
        }
        assertThat(server.get("/dev/clock").text("offset")).isEqualTo("PT0S");
    }

    @Test
    @DisplayName("Our own pages, and scripts, are let through")
    void letsOthersThrough() {
        String own = server.server().getURI().toString();
        assertThat(server.post("/dev/reset", null, "Origin", own).status()).isEqualTo(204);
        assertThat(server.post("/dev/reset", null, "Sec-Fetch-Site", "same-origin", "Origin", "null")
                        .status())
                .isEqualTo(204);
        assertThat(server.post("/dev/reset", null, "Sec-Fetch-Site", "none").status())
                .isEqualTo(204);
        assertThat(server.reset().status()).isEqualTo(204);
        assertThat(server.get("/dev/fixtures", "Origin", "https://evil.example").status())
                .isEqualTo(200);
    }
}
