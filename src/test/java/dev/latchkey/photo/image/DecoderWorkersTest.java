package dev.latchkey.photo.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.latchkey.photo.DecodingOverloaded;
import dev.latchkey.photo.DrawnPictures;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Pictures;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.FlatWebp;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native code sees strangers' files in processes of its own: whatever becomes of one, the next picture is decoded. */
final class DecoderWorkersTest {
    /** Names the folder into which the library unpacks its native part. */
    private static final String UNPACKED = "com.luciad.imageio.webp.tmpdir";

    private static final PhotoSource UPLOAD = PhotoSource.of(FlatWebp.of(20, 200, 100, 50));

    private final DecoderWorkers workers = new DecoderWorkers();

    @AfterEach
    void end() {
        workers.end();
    }

    @Test
    void decodesOneAfterAnotherInOneProcess() throws Exception {
        assertDecodes();
        List<ProcessHandle> first = processes().toList();
        assertThat(first).isNotEmpty();

        assertThatThrownBy(() -> workers.portrait(PhotoSource.of("<html>".getBytes(US_ASCII)), true))
                .isInstanceOf(Refusal.class);
        assertDecodes();

        assertThat(processes()).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void startsAnotherWhenOneHasEnded() throws Exception {
        assertDecodes();
        processes().forEach(ProcessHandle::destroyForcibly);

        assertDecodes();
    }

    @Test
    @Asvs("1.4.1")
    void refusesThePictureOverWhichAProcessCrashes() throws Exception {
        // It takes some seconds.
        PhotoSource picture = PhotoSource.of(DrawnPictures.read("largest-progressive.jpg.gz"));
        AtomicBoolean handedOver = new AtomicBoolean();
        PhotoSource upload = new PhotoSource() {
            @Override
            public long size() {
                return picture.size();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                picture.writeTo(out);
                handedOver.set(true);
            }
        };
        CompletableFuture<byte[]> crashing = CompletableFuture.supplyAsync(() -> {
            try {
                return workers.portrait(upload, true);
            } catch (IOException | Refusal e) {
                throw new CompletionException(e);
            }
        });
        await().untilTrue(handedOver);
        processes().forEach(ProcessHandle::destroyForcibly);

        assertThatThrownBy(crashing::join).hasCauseInstanceOf(IOException.class);
        assertDecodes();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Asvs({"1.4.3", "5.2.3"})
    void refusesAFileThatNeedsMemoryWithoutEnd() throws Exception {
        // 65,536 groups of prefix codes in 295 kB, which are about 400 MB of tables; and a sixteenth of them.
        PhotoSource many = PhotoSource.of(FlatWebp.ofManyCodes(1024));
        PhotoSource some = PhotoSource.of(FlatWebp.ofManyCodes(256));

        assertThatThrownBy(() -> workers.portrait(many, true)).isInstanceOfAny(Refusal.class, IOException.class);
        assertThat(Pictures.read(workers.portrait(some, true)).getWidth()).isEqualTo(256);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsAProcessNoSecretAndLetsItGoFirst() throws Exception {
        assertDecodes();

        assertThat(System.getenv()).containsKey("PATH");
        assertThat(processes()).isNotEmpty();
        for (ProcessHandle process : processes().toList()) {
            Path of = Path.of("/proc", String.valueOf(process.pid()));
            List<String> known = List.of(Files.readString(of.resolve("environ")).split("\0"));
            assertThat(known).allMatch(entry -> entry.matches("(CLASSPATH|MALLOC_ARENA_MAX|TMP|TEMP|TMPDIR)=.*"));
            assertThat(Files.readString(of.resolve("oom_score_adj"))).isEqualTo("1000\n");
        }
    }

    @Test
    void saysThatWebpIsUnsupportedWhereNativeCodeCannotBeLoaded() throws Exception {
        processes().forEach(ProcessHandle::destroyForcibly);
        System.setProperty(UNPACKED, "/nowhere/at/all");
        try {
            assertThatThrownBy(() -> workers.portrait(UPLOAD, true))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(PhotoResult.Reason.UNSUPPORTED));
        } finally {
            System.clearProperty(UNPACKED);
        }
        assertDecodes();
    }

    /** Neither where it cannot be started, nor where it ends before it has begun. */
    @ParameterizedTest
    @ValueSource(strings = {"java.home", "java.class.path"})
    void saysThatItIsTooMuchForNowWhereThereIsNoProcess(String place) {
        String right = System.getProperty(place);
        System.setProperty(place, "/nowhere/at/all");
        try {
            assertThatThrownBy(() -> workers.portrait(UPLOAD, true)).isInstanceOf(DecodingOverloaded.class);
        } finally {
            System.setProperty(place, right);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"largest-progressive.jpg.gz", "largest.png.gz", "largest-cutout.webp.gz"})
    void leavesALargePictureForLater(String name) throws Exception {
        PhotoSource upload = PhotoSource.of(DrawnPictures.read(name));

        assertThat(workers.portrait(upload, false)).isNull();
        assertThat(workers.portrait(upload, true)).isNotNull();
    }

    @Test
    void endsProcessesThatWait() throws Exception {
        List<ProcessHandle> others = processes().toList();
        assertDecodes();
        List<ProcessHandle> waiting =
                processes().filter(process -> !others.contains(process)).toList();

        workers.end();

        assertThat(waiting).hasSize(1);
        assertThat(waiting.getFirst().onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void assertDecodes() throws Exception {
        BufferedImage image = Pictures.read(workers.portrait(UPLOAD, true));

        assertThat(image.getWidth()).isEqualTo(20);
        Color seen = new Color(image.getRGB(10, 10));
        assertThat(seen.getRed()).isCloseTo(200, within(2));
        assertThat(seen.getGreen()).isCloseTo(100, within(2));
        assertThat(seen.getBlue()).isCloseTo(50, within(2));
    }

    private static Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(DecoderWorker.class.getName()));
    }
}
