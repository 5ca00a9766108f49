package dev.latchkey.support;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import io.micronaut.context.ApplicationContext;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Plain photos for tests that are about something else. */
public final class Images {
    private Images() {}

    /** A one-coloured JPEG; another width gives another photo. */
    public static byte[] jpeg(int width, int height) {
        return jpeg(width, height, canvas -> {
            canvas.setColor(new Color(width % 256, height % 256, 128));
            canvas.fillRect(0, 0, width, height);
        });
    }

    /** A JPEG that somebody paints. */
    public static byte[] jpeg(int width, int height, Consumer<Graphics2D> painter) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        painter.accept(canvas);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** All of an upload. */
    public static byte[] bytes(PhotoSource upload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            upload.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What the product makes of an upload. */
    public static Photo processed(ApplicationContext context, byte[] upload) {
        PhotoResult result = context.getBean(PhotoProcessor.class).process(PhotoSource.of(upload), "nobody");
        return ((PhotoResult.Processed) result).photo();
    }
}
