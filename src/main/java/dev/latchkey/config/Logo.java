package dev.latchkey.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The operator's logo, as it is in the file: an SVG that holds nothing but a drawing, or a PNG. Told apart by content,
 * never by name.
 */
public record Logo(byte[] bytes, Type type) {
    /** Both at most this: it is on every page. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_PIXELS = 2048;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** What brings code, other documents or somebody else's address into a drawing. */
    private static final Set<String> NO_DRAWING = Set.of(
            "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "animate", "set", "handler");

    /** The two that every browser shows. */
    public enum Type {
        /** A drawing, as sharp at any size. */
        SVG("svg", "image/svg+xml"),
        /** Pixels. */
        PNG("png", "image/png");

        private final String extension;
        private final String mediaType;

        Type(String extension, String mediaType) {
            this.extension = extension;
            this.mediaType = mediaType;
        }
    }

    /** Of a file's name, without the dot. */
    public String extension() {
        return type.extension;
    }

    public String mediaType() {
        return type.mediaType;
    }

    /** As icons name it: {@code 512x512}, or {@code any} for a drawing. */
    public String size() {
        if (type == Type.SVG) {
            return "any";
        }
        ByteBuffer header = sizeOf(bytes);
        return header.getInt() + "x" + header.getInt();
    }

    /** Width and height stand at the beginning: after length and name of the first chunk (PNG, section 11.2.1). */
    private static ByteBuffer sizeOf(byte[] png) {
        return ByteBuffer.wrap(png, 16, 8);
    }

    /** Reads one that was checked. */
    static Logo read(Path file) throws IOException {
        byte[] bytes = content(file);
        return new Logo(bytes, isPng(bytes) ? Type.PNG : Type.SVG);
    }

    /** What is wrong with the file of that name; nothing when all is well. */
    public static Stream<String> mistakes(String file) {
        byte[] bytes;
        try {
            bytes = content(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            return Stream.of("names no file that can be read, \"" + file + "\"");
        }
        if (bytes.length > MOST_BYTES) {
            return Stream.of("names a file of more than " + MOST_BYTES / 1024 + " KiB, \"" + file + "\"");
        }
        return (isPng(bytes) ? mistakesOfPng(bytes) : mistakesOfSvg(bytes)).map(wrong -> wrong + ", \"" + file + "\"");
    }

    /** No more than tells that it is too much. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private static boolean isPng(byte[] bytes) {
        return bytes.length > PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
    }

    private static Stream<String> mistakesOfPng(byte[] bytes) {
        if (bytes.length < 24) {
            return Stream.of("names a PNG that is cut off");
        }
        ByteBuffer header = sizeOf(bytes);
        int width = header.getInt();
        int height = header.getInt();
        if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) {
            return Stream.of("names a PNG that is not 1 to " + MOST_PIXELS + " pixels wide and high");
        }
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes)) == null
                    ? Stream.of("names a PNG that cannot be read")
                    : Stream.of();
        } catch (IOException | RuntimeException e) {
            return Stream.of("names a PNG that cannot be read");
        }
    }

    private static Stream<String> mistakesOfSvg(byte[] bytes) {
        XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
        // An entity of the document's own is then one that nobody knows, and a mistake.
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(bytes));
            boolean first = true;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (first && !(reader.getLocalName().equals("svg") && SVG.equals(reader.getNamespaceURI()))) {
                        return Stream.of("names neither an SVG nor a PNG");
                    }
                    first = false;
                    if (!isDrawing(reader)) {
                        return Stream.of("names an SVG with scripts, animations or parts of other documents in it");
                    }
                } else if (event == XMLStreamConstants.PROCESSING_INSTRUCTION
                        || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Stream.of("names an SVG with scripts, animations or parts of other documents in it");
                }
            }
            return Stream.of();
        } catch (XMLStreamException e) {
            return Stream.of("names neither an SVG nor a PNG that can be read");
        }
    }

    private static boolean isDrawing(XMLStreamReader element) {
        String name = element.getLocalName().toLowerCase(Locale.ROOT);
        if (NO_DRAWING.stream().anyMatch(name::startsWith)) {
            return false;
        }
        for (int i = 0; i < element.getAttributeCount(); i++) {
            String attribute = element.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            String value = element.getAttributeValue(i).strip();
            boolean foreign = attribute.equals("href") && !value.startsWith("#") && !value.startsWith("data:image/");
            if (attribute.startsWith("on") || foreign) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Logo logo && type == logo.type && Arrays.equals(bytes, logo.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "a logo in " + type;
    }
}
