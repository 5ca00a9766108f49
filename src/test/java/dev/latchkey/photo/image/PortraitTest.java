package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

final class PortraitTest {
    @Test
    void keepsTheColoursOfASmallPictureWithSharpEdges() {
        BufferedImage drawn = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 64, 64);
        graphics.setColor(new Color(60, 120, 140));
        graphics.fillOval(2, 2, 60, 60);
        graphics.setColor(new Color(230, 190, 160));
        graphics.fillOval(16, 12, 32, 40);
        graphics.dispose();

        Processed done = (Processed) Portraits.process(Pictures.png(drawn));

        BufferedImage seen = Pictures.read(done.photo().jpeg());
        long difference = 0;
        for (int at = 0; at < 64 * 64; at++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int one = seen.getRGB(at % 64, at / 64) >> shift & 0xFF;
                difference += Math.abs(one - (drawn.getRGB(at % 64, at / 64) >> shift & 0xFF));
            }
        }
        // It would be 5 if four pixels shared a colour, as they commonly do.
        assertThat(difference / (64.0 * 64 * 3)).isLessThan(3.5);
    }
}
