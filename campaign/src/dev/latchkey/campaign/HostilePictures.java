package dev.latchkey.campaign;

import dev.latchkey.photo.DrawnPictures;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Images;
import dev.latchkey.support.Race;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Damaged, lying and huge pictures at a heap of 256 MB: each is taken or refused, and memory stays within its bound. */
final class HostilePictures implements Trial {
    static final Planted SIDE_BY_SIDE = new Planted(
            "large pictures are decoded beside each other",
            "photo/image/DecodingThreads.java",
            "large = threads(\"large-photo-\", 1);",
            "large = threads(\"large-photo-\", 8);");

    private static final long BOUND_MB = 400;

    /** With this heap: one for ordinary pictures, one for large ones. */
    private static final int DECODERS = 2;

    private static final int AT_ONCE = 8;
    private static final int PICTURES = 80;
    private static final int EDGE = 512;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Taken, unreadable, too large, no picture, invalid, and at times too much at once. */
    private static final Set<Integer> ANSWERS = Set.of(200, 400, 413, 415, 422, 503);

    /** Sound ones of every format. */
    static final List<byte[]> SMALL = List.of(
            Images.jpeg(64, 48),
            Images.jpeg(700, 900),
            png(90, 30),
            png(600, 700),
            DrawnPictures.read("three-scans.jpg"),
            DrawnPictures.read("restarts.jpg"),
            DrawnPictures.read("odd.webp"));

    /** Of 40 megapixels. */
    private static final List<byte[]> LARGEST = List.of(
            DrawnPictures.read("largest-progressive.jpg.gz"),
            DrawnPictures.read("largest-cutout.webp.gz"),
            DrawnPictures.read("largest.png.gz"));

    private final Site site;

    HostilePictures(Servers servers) {
        site = servers.doors();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        Owner owner = Owner.fresh(site);
        int pictures = Math.min(most, PICTURES);
        Garble garble = new Garble(chance);
        for (int done = 0; done < pictures; done += AT_ONCE) {
            List<Callable<Answer>> uploads = Stream.generate(() -> picture(garble))
                    .limit(Math.min(AT_ONCE, pictures - done))
                    .map(picture -> (Callable<Answer>) () -> upload(owner, picture))
                    .toList();
            for (Answer answer : Race.of(uploads)) {
                check(answer, findings);
            }
            look(owner, findings);
        }
        ProcessHandle server = site.jar().process();
        long resident = resident(server);
        if (resident == 0) {
            throw new Shim.Missing("Linux");
        }
        findings.most("MB resident at most", resident);
        findings.promise(resident <= BOUND_MB, "%d MB resident", resident);
        List<ProcessHandle> decoders = server.children().toList();
        decoders.forEach(decoder -> findings.most("MB of a decoder at most", resident(decoder)));
        findings.promise(decoders.size() <= DECODERS, "%d decoders", decoders.size());
        findings.promise(!site.jar().output().contains("OutOfMemoryError"), "no memory left");
        return pictures;
    }

    private Answer upload(Owner owner, byte[] picture) {
        return site.client()
                .upload("PUT", "/profile/me/photo", Map.of(), picture, "Authorization", "Bearer " + owner.bearer());
    }

    private static void check(Answer answer, Findings findings) {
        findings.count("answers " + answer.status());
        findings.promise(ANSWERS.contains(answer.status()), "answered %d: %s", answer.status(), answer.text());
    }

    /** What is shown of the last one that was taken. */
    private void look(Owner owner, Findings findings) throws IOException {
        String photo = site.client()
                .get("/profile/me", "Authorization", "Bearer " + owner.bearer())
                .text("photoUrl");
        if (photo.contains("/photos/")) {
            BufferedImage shown = ImageIO.read(new ByteArrayInputStream(site.client()
                    .get(photo.substring(photo.indexOf("/photos/")))
                    .bytes()));
            findings.promise(
                    shown != null && shown.getWidth() == shown.getHeight() && shown.getWidth() <= EDGE,
                    "no portrait at %s",
                    photo);
        }
    }

    /** The peak of a process's own memory, in megabytes; nothing for one that has just ended. */
    private static long resident(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private byte[] picture(Garble garble) {
        RandomGenerator chance = garble.chance();
        byte[] one = chance.nextInt(10) == 0 ? garble.any(LARGEST) : garble.any(SMALL);
        return switch (chance.nextInt(8)) {
            case 0 -> one;
            case 1 -> lying(one, chance);
            case 2 -> signed(lying(one, chance));
            case 3 -> signed(garble.bytes(one));
            case 4 ->
                garble.bytes(
                        ByteBuffer.allocate(2 * one.length).put(one).put(one).array());
            default -> garble.bytes(one);
        };
    }

    /** Says somewhere near its beginning that something is as large as can be. */
    private static byte[] lying(byte[] picture, RandomGenerator chance) {
        byte[] lying = picture.clone();
        int at = chance.nextInt(Math.min(lying.length - 4, 600));
        for (int i = 0; i < chance.nextInt(1, 5); i++) {
            lying[at + i] = (byte) (chance.nextBoolean() ? 0xff : 0x7f);
        }
        return lying;
    }

    /** With checksums that fit again, where it is PNG: else no decoder would look any further. */
    private static byte[] signed(byte[] picture) {
        if (picture.length < PNG.length || !Arrays.equals(picture, 0, PNG.length, PNG, 0, PNG.length)) {
            return picture;
        }
        ByteBuffer png = ByteBuffer.wrap(picture.clone());
        for (int at = PNG.length; at + 12 <= png.capacity(); ) {
            long length = png.getInt(at) & 0xffffffffL;
            if (length > png.capacity() - at - 12) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(png.array(), at + 4, (int) length + 4);
            png.putInt(at + 8 + (int) length, (int) sum.getValue());
            at += 12 + (int) length;
        }
        return png.array();
    }

    private static byte[] png(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
