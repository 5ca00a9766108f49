package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.FlatWebp;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native code sees strangers' files in processes of its own: whatever becomes of one, the next picture is decoded. */
final class DecoderWorkersTest {
    /** Names the folder into which the library unpacks its native part. */
    private static final String UNPACKED = "com.luciad.imageio.webp.tmpdir";

    private final DecoderWorkers workers = new DecoderWorkers();

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
        DecoderWorker.Request request = request(FlatWebp.of(6324, 200, 100, 50));
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
        DecoderWorker.Request many = request(FlatWebp.ofManyCodes(1024));
        DecoderWorker.Request some = request(FlatWebp.ofManyCodes(256));

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
        DecoderWorker.Request request = request(FlatWebp.of(20, 200, 100, 50));
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

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY})
    void decodesAJpegThatNeedsMuchMemoryAsThisProcessWould(int type) throws Exception {
        BufferedImage picture = new BufferedImage(4300, 4000, type);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, 4300, 4000, Color.BLUE));
        graphics.fillRect(0, 0, 4300, 4000);
        graphics.dispose();
        ImageFile file = ImageFile.inspect(progressive(picture));
        assertThat(file.needsMuchMemory()).isTrue();
        processes().forEach(ProcessHandle::destroyForcibly);

        BufferedImage apart = ImageDecoder.square(file);

        assertThat(processes()).isNotEmpty();
        BufferedImage here = Portrait.copy(
                ImageDecoder.square(ImageFile.Format.JPEG, file.clean(), new Dimension(4300, 4000)),
                BufferedImage.TYPE_INT_RGB);
        assertThat(pixels(apart)).isEqualTo(pixels(here));
    }

    private static byte[] progressive(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private void assertDecodes() throws Exception {
        BufferedImage image = workers.decode(request(FlatWebp.of(20, 200, 100, 50)));

        assertThat(image.getRGB(10, 10)).isEqualTo(0xFFC86432);
    }

    private static DecoderWorker.Request request(byte[] webp) throws Refusal {
        ImageFile file = ImageFile.inspect(webp);
        return new DecoderWorker.Request(
                file.format(), file.clean(), file.picture().getSize(), file.picture(), 20, 20);
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
