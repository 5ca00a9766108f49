package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.FlatWebp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Native code sees strangers' files in processes of its own: whatever becomes of one, the next picture is decoded. */
final class WebpWorkersTest {
    /** Names the folder into which the library unpacks its native part. */
    private static final String UNPACKED = "com.luciad.imageio.webp.tmpdir";

    private final WebpWorkers workers = new WebpWorkers();

    @Test
    void decodesOneAfterAnotherInOneProcess() throws Exception {
        assertDecodes();
        List<ProcessHandle> first = processes().toList();
        assertThat(first).isNotEmpty();

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
        WebpWorker.Request request = request(FlatWebp.of(6324, 200, 100, 50));
        CompletableFuture<BufferedImage> crashing = CompletableFuture.supplyAsync(() -> {
            try {
                return workers.decode(request);
            } catch (IOException | Refusal e) {
                throw new CompletionException(e);
            }
        });
        while (!crashing.isDone()) {
            processes().forEach(ProcessHandle::destroyForcibly);
            Thread.onSpinWait();
        }

        assertThatThrownBy(crashing::join).hasCauseInstanceOf(IOException.class);
        assertDecodes();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Asvs({"1.4.3", "5.2.3"})
    void refusesAFileThatNeedsMemoryWithoutEnd() throws Exception {
        // 65,536 groups of prefix codes in 295 kB, which are about 400 MB of tables; and a sixteenth of them.
        WebpWorker.Request many = request(FlatWebp.ofManyCodes(1024));
        WebpWorker.Request some = request(FlatWebp.ofManyCodes(256));

        assertThatThrownBy(() -> workers.decode(many)).isInstanceOfAny(Refusal.class, IOException.class);
        assertThat(workers.decode(some).getWidth()).isEqualTo(20);
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
        WebpWorker.Request request = request(FlatWebp.of(20, 200, 100, 50));
        System.setProperty(UNPACKED, "/nowhere/at/all");
        try {
            assertThatThrownBy(() -> workers.decode(request))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(PhotoResult.Reason.UNSUPPORTED));
        } finally {
            System.clearProperty(UNPACKED);
        }
        assertDecodes();
    }

    private void assertDecodes() throws Exception {
        BufferedImage image = workers.decode(request(FlatWebp.of(20, 200, 100, 50)));

        assertThat(image.getRGB(10, 10)).isEqualTo(0xFFC86432);
    }

    private static WebpWorker.Request request(byte[] webp) throws Refusal {
        ImageFile file = ImageFile.inspect(webp);
        return new WebpWorker.Request(file.clean(), file.picture().getSize(), file.picture(), 20, 20);
    }

    private static Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child ->
                        child.info().arguments().map(List::of).orElse(List.of()).contains(WebpWorker.class.getName()));
    }
}
