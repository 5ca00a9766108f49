package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.Pictures;
import dev.latchkey.photo.Profiles;
import dev.latchkey.support.FlatWebp;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same numbers with the same profile are the same colours, whichever format carried them. */
@Execution(ExecutionMode.CONCURRENT)
final class ColourProfileTest {
    private static final Color NUMBERS = new Color(200, 60, 40);
    private static final byte[] DISPLAY_P3 = Profiles.display(Primaries.coded(12));
    private static final byte[] JPEG = Pictures.jpeg(flat(NUMBERS, BufferedImage.TYPE_INT_RGB));
    private static final byte[] PNG = Pictures.png(flat(NUMBERS, BufferedImage.TYPE_INT_RGB));
    private static final byte[] WEBP = FlatWebp.of(48, 200, 60, 40);

    @Test
    void turnsDisplayP3IntoCommonColours() {
        // color(display-p3 0.784 0.235 0.157) of CSS Color 4 is rgb(217 42 23).
        assertAll(DISPLAY_P3, new Color(217, 42, 23));
    }

    @Test
    void appliesAProfileThatSwapsRedAndGreen() {
        assertAll(Profiles.swapped(), new Color(60, 200, 40));
    }

    @Test
    void appliesALinearProfile() {
        // A linear 200 is 0xE4 in sRGB, 60 is 0x85 and 40 is 0x6E.
        assertAll(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData(), new Color(0xE4, 0x85, 0x6E));
    }

    @Test
    void appliesAGreyProfileToGreyAlone() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        byte[] line = new byte[49];
        Arrays.fill(line, 1, 49, (byte) 128);
        byte[] rows = new byte[48 * 49];
        for (int row = 0; row < 48; row++) {
            System.arraycopy(line, 0, rows, row * 49, 49);
        }
        byte[] png = Pictures.pngOf(48, 48, 8, 0, rows);
        Color light = new Color(0xBC, 0xBC, 0xBC);

        assertColour(Profiles.inPng(png, linear), light);
        assertColour(Profiles.inJpeg(Pictures.jpeg(Pictures.read(png)), linear, 999), light);
        assertAll(linear, NUMBERS);
        assertColour(Profiles.inPng(png, DISPLAY_P3), new Color(128, 128, 128));
    }

    @Test
    void appliesTheProfileOfAPress() {
        // All cyan, no other ink; with an Adobe segment the values are inverted.
        byte[] jpeg = Pictures.fourChannelJpeg(48, 0, 0, 255, 255, 255);

        assertThat(seen(jpeg).getRed()).isLessThan(100);
        assertColour(Profiles.inJpeg(jpeg, Profiles.pressWithRedForCyan(), 700), new Color(244, 0, 0), 14);
    }

    @Test
    void leavesTransparencyAsItIs() {
        BufferedImage half = flat(NUMBERS, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 48; x++) {
                half.setRGB(x, y, y < 24 ? 0x00C83C28 : 0x80C83C28);
            }
        }
        BufferedImage seen = Pictures.read(photo(Profiles.inPng(Pictures.png(half), Profiles.swapped())));

        assertNear(new Color(seen.getRGB(24, 8)), Color.WHITE, 4);
        assertNear(new Color(seen.getRGB(24, 40)), new Color(157, 227, 147), 5);
    }

    @Test
    void appliesToPalettesAndSixteenBits() {
        BufferedImage palette = flat(new Color(0x99, 0x33, 0), BufferedImage.TYPE_BYTE_INDEXED);
        byte[] deep = new byte[48 * (1 + 48 * 6)];
        for (int at = 0; at < deep.length; at++) {
            int column = at % (1 + 48 * 6);
            deep[at] = column == 0 ? 0 : new byte[] {(byte) 200, 60, 40}[(column - 1) % 6 / 2];
        }

        assertColour(Profiles.inPng(Pictures.png(palette), Profiles.swapped()), new Color(0x33, 0x99, 0));
        assertColour(Profiles.inPng(Pictures.pngOf(48, 48, 16, 2, deep), Profiles.swapped()), new Color(60, 200, 40));
    }

    static List<byte[]> brokenProfiles() {
        byte[] good = Profiles.swapped();
        byte[] noTags = good.clone();
        Arrays.fill(noTags, 128, noTags.length, (byte) 0);
        byte[] noise = new byte[5000];
        new Random(5).nextBytes(noise);
        System.arraycopy(good, 4, noise, 4, 124);
        byte[] link = good.clone();
        System.arraycopy("link".getBytes(), 0, link, 12, 4);
        return List.of(
                new byte[0],
                new byte[128],
                Arrays.copyOf(good, 200),
                Arrays.copyOf(good, good.length - 1),
                noTags,
                noise,
                link,
                new byte[ColourProfile.MOST_BYTES + 1],
                ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData(),
                Profiles.pressWithRedForCyan());
    }

    @ParameterizedTest
    @MethodSource("brokenProfiles")
    void takesAPictureWithAUselessProfileAsOneWithoutAny(byte[] profile) {
        assertAll(profile, NUMBERS);
    }

    @Test
    void doesNotInflateMoreThanAProfile() {
        assertColour(Profiles.inPng(PNG, new byte[1 << 28]), NUMBERS);
        byte[] large = Arrays.copyOf(Profiles.swapped(), 1 << 28);

        assertColour(Profiles.inPng(PNG, large), new Color(60, 200, 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14})
    void wantsAllPartsOfAJpegsProfileInTheirOrder(int at) {
        byte[] jpeg = Profiles.inJpeg(JPEG, Profiles.swapped(), 100);
        jpeg[2 + 4 + at - 1] += 1;

        assertColour(jpeg, NUMBERS);
    }

    @Test
    void takesAnyDamageOfAProfileForNoDamageOfThePicture() {
        Random random = new Random(20261126);
        for (byte[] profile : List.of(Profiles.swapped(), Profiles.pressWithRedForCyan())) {
            byte[] picture = profile.length < 1000 ? JPEG : Pictures.fourChannelJpeg(48, 0, 0, 255, 255, 255);
            for (int round = 0; round < 200; round++) {
                byte[] damaged = profile.clone();
                for (int wound = 0; wound <= random.nextInt(4); wound++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                assertThat(Portraits.process(Profiles.inJpeg(picture, damaged, 60_000)))
                        .isInstanceOf(Processed.class);
            }
        }
    }

    /** The four ways in which a picture can carry a profile. */
    private static void assertAll(byte[] profile, Color expected) {
        assertColour(Profiles.inJpeg(JPEG, profile, 60_000), expected);
        assertColour(Profiles.inJpeg(JPEG, profile, Math.max(1, profile.length / 3)), expected);
        assertColour(Profiles.inPng(PNG, profile), expected);
        assertColour(Profiles.inWebp(WEBP, profile, 48, 48), expected);
    }

    private static void assertColour(byte[] upload, Color expected) {
        assertColour(upload, expected, 4);
    }

    private static void assertColour(byte[] upload, Color expected, int tolerance) {
        assertNear(seen(upload), expected, tolerance);
    }

    private static void assertNear(Color seen, Color expected, int tolerance) {
        assertThat(Math.max(
                        Math.abs(seen.getRed() - expected.getRed()),
                        Math.max(
                                Math.abs(seen.getGreen() - expected.getGreen()),
                                Math.abs(seen.getBlue() - expected.getBlue()))))
                .as("%s is %s", seen, expected)
                .isLessThanOrEqualTo(tolerance);
    }

    private static Color seen(byte[] upload) {
        return new Color(Pictures.read(photo(upload)).getRGB(24, 24));
    }

    private static byte[] photo(byte[] upload) {
        PhotoResult result = Portraits.process(upload);
        assertThat(result).isInstanceOf(Processed.class);
        return ((Processed) result).photo().jpeg();
    }

    private static BufferedImage flat(Color colour, int type) {
        BufferedImage image = new BufferedImage(48, 48, type);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 48; x++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        return image;
    }
}
