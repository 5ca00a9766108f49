package dev.latchkey.photo.image;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a {@link WebpWorker} is asked for.
 *
 * @param file a still picture and nothing else
 * @param size of the picture, as its header was understood
 * @param part to be decoded
 * @param width of the result, at most that of the part
 * @param height of the result, at most that of the part
 */
record WebpRequest(byte[] file, Dimension size, Rectangle part, int width, int height) {
    void write(DataOutputStream out) throws IOException {
        int[] numbers = {size.width, size.height, part.x, part.y, part.width, part.height, width, height, file.length};
        for (int number : numbers) {
            out.writeInt(number);
        }
        out.write(file);
        out.flush();
    }

    /** Waits for one; fails with an {@link java.io.EOFException} when none will come. */
    static WebpRequest read(DataInputStream in) throws IOException {
        Dimension size = new Dimension(in.readInt(), in.readInt());
        Rectangle part = new Rectangle(in.readInt(), in.readInt(), in.readInt(), in.readInt());
        int width = in.readInt();
        int height = in.readInt();
        return new WebpRequest(in.readNBytes(in.readInt()), size, part, width, height);
    }
}
