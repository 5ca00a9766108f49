package dev.latchkey.config;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import io.micronaut.core.value.PropertyResolver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** In whose name the service speaks, and how that looks: read at the start, the same until the end. */
@Singleton
public final class Brand {
    /** The name as our own texts have it; in single quotes where the text is YAML or JSON's. */
    private static final Pattern OURS =
            Pattern.compile("'" + BrandSettings.DEFAULT_NAME + "'|" + BrandSettings.DEFAULT_NAME);

    private static final int LONGEST_NAME = 60;

    private final String name;
    private final @Nullable Logo logo;
    private final @Nullable String accent;
    private final Palette light;
    private final Palette dark;

    Brand(BrandSettings settings) {
        name = settings.name();
        logo = settings.logo() == null ? null : read(settings.logo());
        accent = settings.accent();
        light = accent == null ? Palette.LIGHT : Palette.light(accent);
        dark = accent == null ? Palette.DARK : Palette.dark(accent);
    }

    /** The same where no beans are, from settings that were checked. */
    public static Brand configured(PropertyResolver settings) {
        return new Brand(new BrandSettings(
                settings.getProperty("latchkey.brand.name", String.class).orElse(""),
                settings.getProperty("latchkey.brand.logo", Path.class).orElse(null),
                settings.getProperty("latchkey.brand.accent", String.class).orElse(null)));
    }

    /** What people know the operator by. */
    public String name() {
        return name;
    }

    /** The operator's own; null where the one that comes with the service is shown. */
    public @Nullable Logo logo() {
        return logo;
    }

    /** The colours of the light theme. */
    public Palette light() {
        return light;
    }

    /** The colours of the dark theme. */
    public Palette dark() {
        return dark;
    }

    /** The colours as a style sheet that comes after the one of all pages; null where they are the same. */
    public @Nullable String styles() {
        return accent == null
                ? null
                : ":root {" + light.properties() + "}\n@media (prefers-color-scheme: dark) { :root {"
                        + dark.properties() + "} }\n";
    }

    /** Where {@link #styles} is found, by a name that changes with them; null where there are none. */
    public @Nullable String stylesAddress() {
        String styles = styles();
        return styles == null ? null : "/assets/brand.css?v=" + digest(styles.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the operator's logo is found, by a name that changes with it; null where there is none. */
    public @Nullable String logoAddress() {
        return logo == null ? null : "/assets/brand." + logo.extension() + "?v=" + digest(logo.bytes());
    }

    /** One of our own texts, which speak in our name, in the operator's. */
    public String inText(String text) {
        return OURS.matcher(text).replaceAll(Matcher.quoteReplacement(name));
    }

    /** The same for YAML that has our name in a folded text, or alone between single quotes. */
    public String inYaml(String document) {
        String quoted = "'" + name.replace("'", "''") + "'";
        return OURS.matcher(document)
                .replaceAll(found -> Matcher.quoteReplacement(found.group().startsWith("'") ? quoted : name));
    }

    /** What keeps a text from being a name; null when nothing does. */
    public static @Nullable String objection(String name) {
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return "is longer than " + LONGEST_NAME + " characters";
        }
        if (!name.codePoints().allMatch(Brand::mayStandInAName)) {
            return "holds a character that cannot be shown";
        }
        return name.codePoints().allMatch(Brand::isUnseen) ? "holds nothing that can be seen" : null;
    }

    /** No line breaks, nothing that turns the text around it; joiners and the variants of emoji are part of writing. */
    private static boolean mayStandInAName(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            default -> true;
        };
    }

    private static boolean isUnseen(int point) {
        return UCharacter.isUWhiteSpace(point)
                || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || Character.getType(point) == Character.NON_SPACING_MARK
                || point == 0x2800;
    }

    /** Changes whenever the bytes do. */
    private static String digest(byte[] bytes) {
        return DigestUtils.sha256Hex(bytes).substring(0, 12);
    }

    private static Logo read(Path file) {
        try {
            return Logo.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The logo cannot be read", e);
        }
    }
}
