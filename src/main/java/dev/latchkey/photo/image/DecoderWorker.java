package dev.latchkey.photo.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A process that decodes one picture after another, WebP or a JPEG that needs much memory beside the heap, so that a fault
 * in native code, or memory without end, ends this process and not the server. It knows no settings and no secrets, and ends with the server or when nothing was asked for a while.
 *
 * <p>Each answer is one byte, and after the first two of these a picture row by row.
 */
final class DecoderWorker {
    static final int OPAQUE = 0;
    static final int TRANSPARENT = 1;

    /** The file is not all there, makes no sense or needs too much memory. */
    static final int DAMAGED = 2;

    /** libwebp could not be loaded. */
    static final int UNUSABLE = 3;

    private static final Duration IDLE = Duration.ofMinutes(1);

    /**
     * What decoders may take beside the heap: of 40 megapixels, a lossy WebP with transparency needs up to 200 MB, a
     * JPEG in several scans 240 MB, one with four inks 320 MB. A WebP of 300 KB can ask for more by the number of its
     * prefix codes.
     */
    private static final long MOST_MEMORY = 360L << 20;

    /** One for all: the library never gives back the memory of those that it makes. */
    private @Nullable WebPReadParam param;

    private volatile long lastWork = System.nanoTime();
    private volatile boolean busy;

    private DecoderWorker() {}

    /** Reads requests from the standard input and answers on the standard output, until the input ends. */
    public static void main(String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
        // Whatever else prints must not come between the answers.
        System.setOut(new PrintStream(System.err, true, System.err.charset()));
        WorkerMemory.volunteerWhenItIsShort();
        WorkerMemory.allow(MOST_MEMORY);
        try {
            new DecoderWorker().serve(new DataInputStream(System.in), out);
        } catch (EOFException e) {
            // The server is gone, or needs this no more.
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        Thread.ofPlatform().daemon().start(this::endWhenIdle);
        while (true) {
            Request request = Request.read(in);
            busy = true;
            answer(request, out);
            lastWork = System.nanoTime();
            busy = false;
        }
    }

    private void answer(Request request, DataOutputStream out) throws IOException {
        BufferedImage image = null;
        try {
            image = request.format() == ImageFile.Format.WEBP ? webp(request) : jpeg(request);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            out.writeByte(DAMAGED);
        } catch (LinkageError e) {
            out.writeByte(UNUSABLE);
        }
        if (image != null) {
            write(image, out);
        }
        out.flush();
    }

    private static void write(BufferedImage image, DataOutputStream out) throws IOException {
        out.writeByte(image.getColorModel().hasAlpha() ? TRANSPARENT : OPAQUE);
        ByteBuffer row = ByteBuffer.allocate(image.getWidth() * Integer.BYTES);
        int[] pixels = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            row.asIntBuffer().put(image.getRGB(0, y, pixels.length, 1, pixels, 0, pixels.length));
            out.write(row.array());
        }
    }

    private static BufferedImage jpeg(Request request) throws IOException {
        return Portrait.copy(
                ImageDecoder.square(request.format(), request.file(), request.size()), BufferedImage.TYPE_INT_RGB);
    }

    private BufferedImage webp(Request request) throws IOException {
        if (param == null) {
            param = new WebPReadParam();
        }
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        try (ImageInputStream input = new ByteArrayImageInputStream(request.file())) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != request.size().width || reader.getHeight(0) != request.size().height) {
                throw new IOException("The decoder sees another header than was checked");
            }
            param.setUseCropping(true);
            param.setCropLeft(request.part().x);
            param.setCropTop(request.part().y);
            param.setCropWidth(request.part().width);
            param.setCropHeight(request.part().height);
            param.setUseScaling(request.width() != request.part().width || request.height() != request.part().height);
            param.setScaledWidth(request.width());
            param.setScaledHeight(request.height());
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    private void endWhenIdle() {
        try {
            while (busy || System.nanoTime() - lastWork < IDLE.toNanos()) {
                Thread.sleep(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().exit(0);
    }

    /**
     * What a worker is asked for.
     *
     * @param format WebP or JPEG
     * @param file a still picture and nothing else
     * @param size of the picture, as its header was understood
     * @param part to be decoded; of a JPEG the centred square
     * @param width of the result, at most that of the part
     * @param height of the result, at most that of the part
     */
    record Request(ImageFile.Format format, byte[] file, Dimension size, Rectangle part, int width, int height) {
        void write(DataOutputStream out) throws IOException {
            out.writeUTF(format.name());
            int[] numbers = {
                size.width, size.height, part.x, part.y, part.width, part.height, width, height, file.length
            };
            for (int number : numbers) {
                out.writeInt(number);
            }
            out.write(file);
            out.flush();
        }

        /** Waits for one; fails with an {@link java.io.EOFException} when none will come. */
        static Request read(DataInputStream in) throws IOException {
            ImageFile.Format format = ImageFile.Format.valueOf(in.readUTF());
            Dimension size = new Dimension(in.readInt(), in.readInt());
            Rectangle part = new Rectangle(in.readInt(), in.readInt(), in.readInt(), in.readInt());
            int width = in.readInt();
            int height = in.readInt();
            return new Request(format, in.readNBytes(in.readInt()), size, part, width, height);
        }
    }
}
