package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Images;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients in other languages, behind other bridges and proxies, send over HTTP. */
final class OtherClientsTest {
    private static final String PASSPHRASE = "nine calm herons";

    private final Client api = Client.shared();
    private String email = "";

    @BeforeEach
    void nobodyYet() {
        email = Client.freshEmail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\uFEFF", "\u00A0", "\u202A", "\u00AD", "\u200E", "\u2060", "\u200D", " \n"})
    @DisplayName("An address with something invisible around it is the same address at every door")
    void takesAPastedAddressEverywhere(String around) {
        String pasted = around + email + around;
        assertThat(api.post("/auth/signup", Map.of("email", pasted, "password", PASSPHRASE))
                        .text("email"))
                .isEqualTo(email);
        assertThat(api.post("/auth/login", Map.of("email", pasted, "password", PASSPHRASE))
                        .status())
                .isEqualTo(200);
        assertThat(api.form("/auth/login", "username=" + encoded(pasted) + "&password=" + encoded(PASSPHRASE))
                        .status())
                .isEqualTo(200);
        assertThat(api.form("/link", "identifier=" + encoded(pasted)).status()).isEqualTo(200);
        assertThat(api.action("/api/update/init", Map.of("email", pasted)).status())
                .isEqualTo(202);
        assertThat(api.action("/api/signup/init", Map.of("email", pasted, "consent", true))
                        .status())
                .isEqualTo(409);
        assertThat(api.post("/register", Map.of("email", pasted, "password", "abc123"))
                        .status())
                .isEqualTo(409);
        assertThat(mcp(pasted).text("error")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u00AD", "\uFE0F", "\u2060", "\u00A0"})
    @DisplayName("An address with something invisible within is refused at every door")
    void refusesAnAddressWithSomethingInvisibleWithin(String within) {
        String odd = email.replace("example", "exam" + within + "ple");
        assertThat(api.post("/auth/signup", Map.of("email", odd, "password", PASSPHRASE))
                        .status())
                .isEqualTo(422);
        assertThat(api.form("/link", "identifier=" + encoded(odd)).status()).isEqualTo(422);
        assertThat(api.action("/api/update/init", Map.of("email", odd)).status())
                .isEqualTo(400);
        assertThat(api.action("/api/signup/init", Map.of("email", odd, "consent", true))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/register", Map.of("email", odd, "password", "abc123"))
                        .status())
                .isEqualTo(400);
        assertThat(mcp(odd).json().get("result").get("isError").asBoolean()).isTrue();
    }

    private Answer mcp(String address) {
        return api.post(
                "/mcp",
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        Map.of("name", "request_profile_edit_link", "arguments", Map.of("email", address))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"%s-gzip\"", "W/\"%s--gzip\"", "\"0\", W/\"%s;br\""})
    @DisplayName("If-Match takes the tag back as a proxy hands it on; a stale one stays stale")
    void matchesTagsThroughProxies(String form) {
        String[] me = api.signedIn(email, PASSPHRASE);
        api.post("/profile/me", Map.of("bio", "One."), me);

        assertThat(change("Two.", me, form.formatted(1)).status()).isEqualTo(200);
        assertThat(change("Three.", me, form.formatted(1)).status()).isEqualTo(412);
    }

    private Answer change(String bio, String[] me, String tag) {
        String[] headers =
                Stream.concat(Arrays.stream(me), Stream.of("If-Match", tag)).toArray(String[]::new);
        return api.send("PUT", "/profile/me", Map.of("bio", bio), headers);
    }

    @ParameterizedTest
    @CsvSource({
        "%s,202",
        "%s.0,202",
        "%se0,202",
        "%s00E-2,202",
        "'\"%s\"',202",
        "%s.5,400",
        "%se999999999,400",
        "'\"%s.0\"',400"
    })
    @DisplayName("Init takes a PIN however the number is spelt")
    void takesNumbersAsTheyAreSpelt(String pin, int status) {
        Answer me = api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));

        assertThat(api.action("/api/update/init", "{\"pin\":" + pin.formatted(me.text("pin")) + "}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    @DisplayName("Init takes a proposal that is a string of JSON, points into it, and takes a whole body as one")
    void takesObjectsAsStrings() {
        api.signedIn(email, PASSPHRASE);
        Answer refused =
                api.action("/api/update/init", Map.of("email", email, "proposal", "{\"nickname\":\"no good\"}"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("/proposal/nickname");
        Answer broken = api.action("/api/update/init", Map.of("email", email, "proposal", "{no"));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.text()).contains("\"/proposal\"");
        Answer taken = api.action("/api/update/init", Map.of("email", email, "proposal", "{\"bio\":\"I keep bees.\"}"));
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.json().get("proposed").get(0).asText()).isEqualTo("bio");
        assertThat(api.action("/api/update/init", "\"{\\\"email\\\":\\\"" + email + "\\\"}\"")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Content-Type: image/jpeg", "Content-Type: application/octet-stream", "X: filename=\u00fc"})
    @DisplayName("A part called photo is the photo, without a file name, too")
    void takesAPhotoWithoutFileName(String line) throws Exception {
        String[] me = api.signedIn(email, PASSPHRASE);
        api.post("/profile/me", Map.of("name", "Ada"), me);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head =
                "--XX\r\ncontent-disposition: form-data; name=\"photo\"\r\n" + (line.isEmpty() ? "" : line + "\r\n");
        body.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        body.writeBytes(Images.jpeg(40, 30));
        body.writeBytes("\r\n--XX--\r\n".getBytes(StandardCharsets.US_ASCII));

        Answer answer = api.send(
                "PUT",
                "/profile/me/photo",
                body.toByteArray(),
                me[0],
                me[1],
                "Content-Type",
                "multipart/form-data; boundary=XX");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1,200", "windows-1252,200", "utf-8,400", "klingon,415"})
    @DisplayName("A form in the character set that it names is read in it")
    void readsFormsInTheirCharacterSet(String charset, int status) throws Exception {
        api.post("/auth/signup", Map.of("email", email, "password", "zw\u00f6lf Boxk\u00e4mpfer"));
        byte[] body = ("username=" + email + "&password=zw%F6lf+Boxk\u00e4mpfer").getBytes(StandardCharsets.ISO_8859_1);

        Answer answer =
                api.post("/auth/login", body, "Content-Type", "application/x-www-form-urlencoded; charset=" + charset);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "de-DE", "de_DE", "sv_SE, de_CH;q=0.9, en_US;q=0.5"})
    @DisplayName("Accept-Language is understood with underscores, as phones write it")
    void understandsLanguagesOfPhones(String languages) {
        Answer refused = api.post("/auth/signup", Map.of(), "Accept-Language", languages);

        assertThat(refused.text("title")).isEqualTo("Einige Felder sind ungültig");
    }

    @Test
    @DisplayName("A name that nobody can see is refused with words for it")
    void refusesInvisibleNames() {
        String[] me = api.signedIn(email, PASSPHRASE);
        api.post("/profile/me", Map.of("name", "Ada"), me);
        Answer refused = api.send("PUT", "/profile/me", Map.of("name", "\u200B\u3164"), me);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").get(0).get("detail").asText())
                .isEqualTo("The name needs at least one visible character.");
        assertThat(api.get("/profile/me", me).text("name")).isEqualTo("Ada");
    }

    @ParameterizedTest
    @CsvSource({"5,200", "5.0,200", "5e0,200", "5.5,400", "0,400", "1e9,400", "five,400"})
    @DisplayName("A count may be spelt like any whole number")
    void takesACountAsItIsSpelt(String count, int status) {
        String[] me = api.signedIn(email, PASSPHRASE);

        assertThat(api.get("/nicknames/suggestions?count=" + count, me).status())
                .isEqualTo(status);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
