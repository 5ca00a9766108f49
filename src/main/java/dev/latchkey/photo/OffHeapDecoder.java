package dev.latchkey.photo;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * Decodes a picture whose decoder looks back at every pixel, into memory beside the heap: up to 160 MB, for a moment,
 * so that a heap of 256 MB is enough for everything that is accepted.
 */
final class OffHeapDecoder {
    private OffHeapDecoder() {}

    /** The square, of a large one only every so many pixels; the rest is gone when this returns. */
    static BufferedImage square(ImageReader reader, Rectangle square, int step) throws IOException {
        ImageTypeSpecifier type = reader.getImageTypes(0).next();
        SampleModel model = type.getSampleModel(reader.getWidth(0), reader.getHeight(0));
        long bytes = (long) model.getWidth() * model.getHeight() * model.getNumBands();
        try (Arena arena = Arena.ofConfined()) {
            WritableRaster whole = Raster.createWritableRaster(model, new Bytes(arena.allocate(bytes)), null);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(new BufferedImage(type.getColorModel(), whole, false, null));
            reader.read(0, param);
            int edge = Math.ceilDiv(square.width, step);
            BufferedImage taken = type.createBufferedImage(edge, edge);
            byte[] pixel = new byte[model.getNumBands()];
            for (int y = 0; y < edge; y++) {
                for (int x = 0; x < edge; x++) {
                    whole.getDataElements(square.x + x * step, square.y + y * step, pixel);
                    taken.getRaster().setDataElements(x, y, pixel);
                }
            }
            return taken;
        }
    }

    private static final class Bytes extends DataBuffer {
        private final MemorySegment memory;

        Bytes(MemorySegment memory) {
            super(TYPE_BYTE, Math.toIntExact(memory.byteSize()));
            this.memory = memory;
        }

        @Override
        public int getElem(int bank, int at) {
            return Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, at));
        }

        @Override
        public void setElem(int bank, int at, int value) {
            memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        }
    }
}
