package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.http.Forms.Form;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Images;
import io.micronaut.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormReaderTest {
    private static final String BOUNDARY = "----x7";
    private static final MediaType TYPE = MediaType.of("multipart/form-data; boundary=" + BOUNDARY);

    @Test
    void readsTextsAndThePhoto() throws IOException {
        byte[] photo = randomBytes(300_000);

        try (Form form =
                read(body(text("bio", "Zoë\r\nsays --hi"), text("empty", ""), file("photo", "a.jpg", photo)))) {
            assertThat(form.texts()).isEqualTo(Map.of("bio", "Zoë\r\nsays --hi", "empty", ""));
            assertThat(form.text("absent")).isNull();
            Upload upload = form.photo().orElseThrow();
            assertThat(upload.tooLarge()).isFalse();
            assertThat(Images.bytes(upload)).isEqualTo(photo);
            assertThat(Images.bytes(upload)).isEqualTo(photo);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 16_384})
    void readsWhateverPiecesArrive(int size) throws IOException {
        byte[] photo = beginningsOfDelimiters();
        InputStream inPieces = new ByteArrayInputStream(body(file("photo", "a", photo), text("bio", "b"))) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, size));
            }
        };

        try (Form form = new FormReader(inPieces, TYPE, StandardCharsets.UTF_8).read()) {
            assertThat(Images.bytes(form.photo().orElseThrow())).isEqualTo(photo);
            assertThat(form.text("bio")).isEqualTo("b");
        }
    }

    @Test
    void readsALargerPhotoAwayAndKeepsTheFields() throws IOException {
        try (Form form = read(
                body(text("before", "1"), file("photo", "a", new byte[Upload.MOST_BYTES + 1]), text("after", "2")))) {
            assertThat(form.photo().orElseThrow().tooLarge()).isTrue();
            assertThat(form.photo().orElseThrow().size()).isEqualTo(Upload.MOST_BYTES + 1);
            assertThat(form.texts()).isEqualTo(Map.of("before", "1", "after", "2"));
        }
        try (Form form = read(body(file("photo", "a", new byte[Upload.MOST_BYTES])))) {
            assertThat(form.photo().orElseThrow().tooLarge()).isFalse();
        }
    }

    @Test
    void takesAnEmptyFileFieldAsAbsent() throws IOException {
        try (Form form = read(body(file("photo", "", new byte[0])))) {
            assertThat(form.photo()).isEmpty();
        }
        try (Form form = read(body(file("photo", "a.jpg", new byte[0])))) {
            assertThat(form.photo().orElseThrow().size()).isZero();
        }
    }

    @Test
    void ignoresOtherFiles() throws IOException {
        try (Form form = read(body(file("virus", "a.exe", new byte[100_000]), text("bio", "b")))) {
            assertThat(form.photo()).isEmpty();
            assertThat(form.texts()).isEqualTo(Map.of("bio", "b"));
        }
    }

    @Test
    void ignoresPreambleAndEpilogue() throws IOException {
        try (Form form = read(join(ascii("preamble\r\n"), body(text("bio", "b")), ascii("junk")))) {
            assertThat(form.text("bio")).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "form-data; name=plain | plain",
                "FORM-DATA;name=\"x\" | x",
                "form-data; name=\"x;y\" | x;y",
                "form-data; filename=\"n; name=z\"; name=\"photo\" | photo",
                "form-data; filename=\"C:\\photos\\\"; name=\"photo\" | photo",
                "form-data; filename=\"my \"best\" one.jpg\"; name=\"photo\" | photo",
                "form-data; filename=\"a\\\"b.jpg\"; name = \"photo\" | photo",
                "form-data; filename*=UTF-8''na%C3%AFve.jpg; name=\"photo\" | photo",
                "form-data; filename=; name=\"photo\" | photo"
            })
    void understandsDispositions(String disposition, String name) throws IOException {
        byte[] part = part("X: 1\r\ncontent-disposition: " + disposition, ascii("x"));

        try (Form form = read(join(part, end()))) {
            assertThat(form.photo().isPresent() ? Set.of("photo") : form.texts().keySet())
                    .containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"photo\"",
                "name=\"photo\"\r\nContent-Type: image/jpeg",
                "name=\"photo\"\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary",
                "name=\"photo\"; filename*=UTF-8''%E2%82%AC.jpg",
                "name=\"photo\"; filename=\"\u00fc.jpg\"",
                "filename=\"C:\\me\\\"; name=\"photo\""
            })
    @Asvs("5.4.1")
    void takesAPartCalledPhotoForThePhotoWhateverItsFileNameIs(String head) throws IOException {
        byte[] photo = randomBytes(70_000);
        byte[] latin1 = join(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1),
                photo,
                ascii("\r\n"));

        try (Form form = read(join(text("bio", "b"), latin1, text("name", "n"), end()))) {
            assertThat(Images.bytes(form.photo().orElseThrow())).isEqualTo(photo);
            assertThat(form.texts()).isEqualTo(Map.of("bio", "b", "name", "n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "utf-8", "\"UTF-8\"", "UTF-16LE", "IBM037"})
    void readsATextInTheCharacterSetThatItsPartNames(String charset) throws IOException {
        byte[] bytes = "Zoë".getBytes(Charset.forName(charset.replace("\"", "")));
        String head =
                "Content-Type: text/plain; charset=" + charset + "\r\nContent-Disposition: form-data; name=\"bio\"";

        try (Form form = read(join(part(head, bytes), text("name", "Zoë"), end()))) {
            assertThat(form.texts()).isEqualTo(Map.of("bio", "Zoë", "name", "Zoë"));
        }
    }

    @Test
    void readsTextsInTheCharacterSetThatTheFormNames() throws IOException {
        byte[] latin1 = "Zoë".getBytes(StandardCharsets.ISO_8859_1);
        byte[] name = part("Content-Disposition: form-data; name=\"name\"", latin1);

        try (Form form = read(join(text("_charset_", "iso-8859-1"), name, end()))) {
            assertThat(form.text("name")).isEqualTo("Zoë");
        }
        InputStream body = new ByteArrayInputStream(join(name, end()));
        try (Form form = new FormReader(body, TYPE, StandardCharsets.ISO_8859_1).read()) {
            assertThat(form.text("name")).isEqualTo("Zoë");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain; charset=klingon",
                "Content-Type: text/plain; charset=\"\"",
                "Content-Transfer-Encoding: base64",
                "Content-Transfer-Encoding: Quoted-Printable"
            })
    void refusesATextThatItCannotDecode(String line) {
        assertRefused(
                join(part("Content-Disposition: form-data; name=\"bio\"\r\n" + line, ascii("b")), end()),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8''%zz",
                "UTF-8''%",
                "UTF-8''%e",
                "UTF-8''%e2%82",
                "klingon''a",
                "''a",
                "UTF-8'a",
                "a",
                "'",
                "%%''",
                "\"UTF-8''a\""
            })
    void readsOrRefusesAFileNameInAnyEncoding(String encoded) throws IOException {
        byte[] part = part("Content-Disposition: form-data; name=\"bio\"; filename*=" + encoded, ascii("x"));
        try (Form form = read(join(part, end()))) {
            assertThat(form.texts().keySet()).isSubsetOf("bio");
        } catch (ProblemException refused) {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }

    @Test
    void unfoldsAHead() throws IOException {
        byte[] folded = part("Content-Disposition: form-data;\r\n name=\"photo\";\r\n\tfilename=\"b\"", new byte[0]);

        try (Form form = read(join(folded, end()))) {
            assertThat(form.photo()).isPresent();
        }
    }

    @Test
    @Asvs("15.3.7")
    void refusesRepeatedFields() {
        assertRefused(body(text("bio", "a"), text("bio", "b")), ProblemType.INVALID_REQUEST);
        assertRefused(
                body(file("photo", "a", new byte[1]), file("photo", "b", new byte[1])), ProblemType.INVALID_REQUEST);
    }

    @Test
    void refusesOtherTextThanUtf8() {
        assertRefused(
                join(part("Content-Disposition: form-data; name=\"bio\"", new byte[] {(byte) 0xe9}), end()),
                ProblemType.INVALID_REQUEST);
    }

    @Test
    void refusesTooMuchTextAndTooManyFields() {
        assertRefused(body(text("bio", "x".repeat(FormReader.MOST_TEXT_BYTES + 1))), ProblemType.TOO_LARGE);
        byte[][] many = new byte[FormReader.MOST_PARTS + 1][];
        for (int i = 0; i < many.length; i++) {
            many[i] = text("f" + i, "");
        }
        assertRefused(body(many), ProblemType.TOO_LARGE);
    }

    @Test
    void refusesWhatIsCutOffAnywhere() {
        byte[] whole = body(text("bio", "hello"), file("photo", "a", new byte[20]));
        for (int length = 0; length < whole.length - 3; length++) {
            assertRefused(Arrays.copyOf(whole, length), ProblemType.INVALID_REQUEST);
        }
    }

    @Test
    void answersNoiseWithAProblemAndNothingElse() throws IOException {
        Random random = new Random(7);
        byte[] whole = body(text("bio", "hello"), file("photo", "a", new byte[20]), text("name", "n"));
        for (int round = 0; round < 5_000; round++) {
            byte[] noisy = whole.clone();
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt(256);
            }
            try (Form form = read(noisy)) {
                assertThat(form.texts()).isNotNull();
            } catch (ProblemException expected) {
                assertThat(expected.problem().type().status()).isLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\""})
    void refusesABoundaryThatIsNone(String boundary) {
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        MediaType type = new MediaType("multipart/form-data", null, Map.of("boundary", boundary));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new FormReader(nothing, type, StandardCharsets.UTF_8).read());
    }

    private static void assertRefused(byte[] body, ProblemType type) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(body).close())
                .satisfies(exception -> assertThat(exception.problem().type()).isEqualTo(type));
    }

    private static Form read(byte[] body) throws IOException {
        return new FormReader(new ByteArrayInputStream(body), TYPE, StandardCharsets.UTF_8).read();
    }

    private static byte[] body(byte[]... parts) {
        return join(join(parts), end());
    }

    private static byte[] end() {
        return ascii("--" + BOUNDARY + "--\r\n");
    }

    private static byte[] text(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] file(String name, String filename, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename
                        + "\"\r\nContent-Type: image/jpeg",
                content);
    }

    private static byte[] part(String head, byte[] content) {
        return join(ascii("--" + BOUNDARY + "\r\n" + head + "\r\n\r\n"), content, ascii("\r\n"));
    }

    private static byte[] beginningsOfDelimiters() {
        return ascii("\r\n--\r\n----x\r\n------x\r\r\n------x6" + "\r\n------x".repeat(4000));
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
