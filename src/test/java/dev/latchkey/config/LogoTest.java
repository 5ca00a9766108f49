package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are taken for the operator's logo. */
final class LogoTest {
    private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                SVG + "<path d='M0 0h1v1H0z' fill='url(#a)'/></svg>",
                "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'"
                        + " 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\n" + SVG + "</svg>",
                "\uFEFF" + SVG + "<title>Books</title><style>path { fill: red }</style></svg>",
                SVG + "<defs><path id='a'/></defs><use href='#a'/><image href='data:image/png;base64,AA=='/></svg>",
            })
    @DisplayName("A drawing is taken, be it as drawing programs write it")
    void takesADrawing(String svg) throws IOException {
        Path file = Files.writeString(folder.resolve("logo.dat"), svg);

        assertThat(Logo.mistakes(file.toString())).isEmpty();
        assertThat(Logo.read(file).mediaType()).isEqualTo("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SVG + "<script>alert(1)</script></svg>",
                SVG + "<SCRIPT/></svg>",
                SVG + "<g onload='alert(1)'/></svg>",
                SVG + "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject></svg>",
                SVG + "<image href='https://example.com/pixel.png'/></svg>",
                SVG + "<use xmlns:x='http://www.w3.org/1999/xlink' x:href='other.svg#a'/></svg>",
                SVG + "<a href='javascript:alert(1)'/></svg>",
                SVG + "<set attributeName='href' to='javascript:alert(1)'/></svg>",
                "<?xml-stylesheet href='https://example.com/a.css'?>" + SVG + "</svg>",
            })
    @DisplayName("What has code or parts of others in it is refused")
    @Asvs({"1.3.4", "1.5.1"})
    void refusesMoreThanADrawing(String svg) throws IOException {
        Path file = Files.writeString(folder.resolve("logo.svg"), svg);

        assertThat(Logo.mistakes(file.toString()))
                .containsExactly(
                        "names an SVG with scripts, animations or parts of other documents in it, \"" + file + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GIF89a",
                "<svg/>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                SVG,
                "<!DOCTYPE svg [<!ENTITY a '<script/>'>]>" + SVG + "&a;</svg>",
                "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + SVG + "&a;</svg>",
            })
    @DisplayName("What is neither of both is refused, whatever it is called")
    void refusesOtherFiles(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("logo.svg"), content);

        assertThat(Logo.mistakes(file.toString())).hasSize(1);
    }

    @Test
    @DisplayName("A PNG is taken and told by its content; one that is cut off or too large is refused")
    void takesAPng() throws IOException {
        Path file = folder.resolve("logo.svg");
        byte[] png = png(3, 2);
        Files.write(file, png);
        assertThat(Logo.mistakes(file.toString())).isEmpty();
        assertThat(Logo.read(file).extension()).isEqualTo("png");
        assertThat(Logo.read(file).size()).isEqualTo("3x2");

        Files.write(file, Arrays.copyOf(png, 20));
        assertThat(Logo.mistakes(file.toString())).containsExactly("names a PNG that is cut off, \"" + file + "\"");
        Files.write(file, Arrays.copyOf(png, 36));
        assertThat(Logo.mistakes(file.toString())).hasSize(1);
        Files.write(file, png(2049, 1));
        assertThat(Logo.mistakes(file.toString()))
                .containsExactly("names a PNG that is not 1 to 2048 pixels wide and high, \"" + file + "\"");
    }

    @Test
    @DisplayName("A file of 256 KiB is taken, one of a byte more is not")
    void isBounded() throws IOException {
        Path file = folder.resolve("logo.svg");
        String svg = SVG + "</svg>";
        Files.writeString(file, svg + " ".repeat(256 * 1024 - svg.length()));
        assertThat(Logo.mistakes(file.toString())).isEmpty();

        Files.writeString(file, svg + " ".repeat(256 * 1024 - svg.length() + 1));
        assertThat(Logo.mistakes(file.toString()))
                .containsExactly("names a file of more than 256 KiB, \"" + file + "\"");
        assertThat(Logo.mistakes(folder.toString())).hasSize(1);
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png", bytes);
        return bytes.toByteArray();
    }
}
