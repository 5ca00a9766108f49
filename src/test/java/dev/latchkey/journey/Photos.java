package dev.latchkey.journey;

import dev.latchkey.support.Images;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photos that people upload in the stories. */
final class Photos {
    private Photos() {}

    /** Twice as wide as high: the left half is red, the right half blue, so that a crop can be told from its colour. */
    static byte[] redBesideBlue() {
        return Images.jpeg(800, 400, canvas -> {
            canvas.setColor(Color.RED);
            canvas.fillRect(0, 0, 400, 400);
            canvas.setColor(Color.BLUE);
            canvas.fillRect(400, 0, 400, 400);
        });
    }

    /** The same as a camera that was held upright writes it: its red half is on top once the file is turned as it says. */
    static byte[] redAboveBlue() {
        byte[] jpeg = redBesideBlue();
        ByteBuffer exif = ByteBuffer.allocate(36)
                .putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6);
        return ByteBuffer.allocate(jpeg.length + exif.capacity())
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** More than the server takes: 1,800 pixels square, of noise that nothing makes smaller. */
    static byte[] tooLarge() {
        BufferedImage noise = new BufferedImage(1800, 1800, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < noise.getHeight(); y++) {
            for (int x = 0; x < noise.getWidth(); x++) {
                noise.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(noise, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** The beginning of what an iPhone writes; no browser here shows it. */
    static byte[] heic() {
        return "\0\0\0\30ftypheic\0\0\0\0mif1heic\0\0\0\10mdat".getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A drawn portrait, for pictures that people look at. */
    static byte[] portrait() {
        return Images.jpeg(600, 600, canvas -> {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setStroke(new BasicStroke(6));
            canvas.setPaint(new GradientPaint(0, 0, new Color(0x8ec5c0), 600, 600, new Color(0xf3d9a4)));
            canvas.fillRect(0, 0, 600, 600);
            canvas.setColor(new Color(0x3d2b26));
            canvas.fillOval(170, 90, 260, 300);
            canvas.setColor(new Color(0x2f5d62));
            canvas.fillOval(90, 420, 420, 360);
            canvas.setColor(new Color(0xe8b796));
            canvas.fillRoundRect(260, 340, 80, 130, 40, 40);
            canvas.fillOval(205, 140, 190, 240);
            canvas.setColor(new Color(0x3d2b26));
            canvas.fillArc(195, 110, 210, 170, 0, 180);
            canvas.fillOval(250, 245, 16, 20);
            canvas.fillOval(334, 245, 16, 20);
            canvas.drawArc(265, 285, 70, 45, 200, 140);
        });
    }
}
