package dev.latchkey.support;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import io.micronaut.context.ApplicationContext;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Plain photos for tests that are about something else. */
public final class Images {
    private Images() {}

    /** A one-coloured JPEG; another width gives another photo. */
    public static byte[] jpeg(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(width % 256, height % 256, 128));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What the product makes of an upload. */
    public static Photo processed(ApplicationContext context, byte[] upload) {
        PhotoResult result = context.getBean(PhotoProcessor.class).process(() -> upload, "nobody");
        return ((PhotoResult.Processed) result).photo();
    }
}
