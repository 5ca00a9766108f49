package dev.latchkey.api.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartReaderTest {
    private static final String BOUNDARY = "----x7";

    @Test
    void readsTextsAndThePhoto() throws IOException {
        byte[] photo = randomBytes(300_000);

        try (MultipartForm form =
                read(body(text("bio", "Zoë\r\nsays --hi"), text("empty", ""), file("photo", "a.jpg", photo)))) {
            assertThat(form.texts()).isEqualTo(Map.of("bio", "Zoë\r\nsays --hi", "empty", ""));
            assertThat(form.text("absent")).isNull();
            Upload upload = form.photo().orElseThrow();
            assertThat(upload.tooLarge()).isFalse();
            assertThat(upload.<byte[]>read(bytes -> bytes)).isEqualTo(photo);
            assertThat(upload.<byte[]>read(bytes -> bytes)).isEqualTo(photo);
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

        try (MultipartForm form = new MultipartReader(inPieces, BOUNDARY, new Semaphore(1)).read()) {
            assertThat(form.photo().orElseThrow().<byte[]>read(bytes -> bytes)).isEqualTo(photo);
            assertThat(form.text("bio")).isEqualTo("b");
        }
    }

    @Test
    void readsALargerPhotoAwayAndKeepsTheFields() throws IOException {
        try (MultipartForm form = read(
                body(text("before", "1"), file("photo", "a", new byte[Upload.MOST_BYTES + 1]), text("after", "2")))) {
            assertThat(form.photo().orElseThrow().tooLarge()).isTrue();
            assertThat(form.photo().orElseThrow().size()).isEqualTo(Upload.MOST_BYTES + 1);
            assertThat(form.texts()).isEqualTo(Map.of("before", "1", "after", "2"));
        }
        try (MultipartForm form = read(body(file("photo", "a", new byte[Upload.MOST_BYTES])))) {
            assertThat(form.photo().orElseThrow().tooLarge()).isFalse();
        }
    }

    @Test
    void takesAnEmptyFileFieldAsAbsent() throws IOException {
        try (MultipartForm form = read(body(file("photo", "", new byte[0])))) {
            assertThat(form.photo()).isEmpty();
        }
        try (MultipartForm form = read(body(file("photo", "a.jpg", new byte[0])))) {
            assertThat(form.photo().orElseThrow().size()).isZero();
        }
    }

    @Test
    void ignoresOtherFiles() throws IOException {
        try (MultipartForm form = read(body(file("virus", "a.exe", new byte[100_000]), text("bio", "b")))) {
            assertThat(form.photo()).isEmpty();
            assertThat(form.texts()).isEqualTo(Map.of("bio", "b"));
        }
    }

    @Test
    void ignoresPreambleAndEpilogue() throws IOException {
        try (MultipartForm form = read(join(ascii("preamble\r\n"), body(text("bio", "b")), ascii("junk")))) {
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
                "form-data; filename=\"n; name=z\"; name=\"a\" | a"
            })
    void understandsDispositions(String disposition, String name) {
        assertThat(PartHead.parse("X: 1\r\ncontent-disposition: " + disposition + "\r\n\r\n")
                        .name())
                .isEqualTo(name);
    }

    @Test
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
        assertRefused(body(text("bio", "x".repeat(MultipartReader.MOST_TEXT_BYTES + 1))), ProblemType.TOO_LARGE);
        byte[][] many = new byte[MultipartReader.MOST_PARTS + 1][];
        for (int i = 0; i < many.length; i++) {
            many[i] = text("f" + i, "");
        }
        assertRefused(body(many), ProblemType.TOO_LARGE);
    }

    @Test
    void refusesWhatIsCutOffAnywhere() {
        byte[] whole = body(text("bio", "hello"), file("photo", "a", new byte[20]));
        for (int length = 0; length < whole.length - 2; length++) {
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
            try (MultipartForm form = read(noisy)) {
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

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new MultipartReader(nothing, boundary, new Semaphore(1)).read());
    }

    private static void assertRefused(byte[] body, ProblemType type) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(body).close())
                .satisfies(exception -> assertThat(exception.problem().type()).isEqualTo(type));
    }

    private static MultipartForm read(byte[] body) throws IOException {
        return new MultipartReader(new ByteArrayInputStream(body), BOUNDARY, new Semaphore(1)).read();
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
