package dev.latchkey.assistant;

import dev.latchkey.config.Brand;
import dev.latchkey.config.Logo;
import dev.latchkey.text.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The plugin: what assistants install (Agent Plugins 1.0.0): who we are, where {@code /mcp} is, a skill
 * with the instructions, and the logo. The same version and address give the same bytes on every machine.
 */
public final class PluginArchive {
    private static final List<String> TEXTS = List.of("plugin.json", "mcp.json", "skills/edit-my-profile/SKILL.md");

    private static final int LONGEST_LISTED = 30;

    /** The oldest time that an archive can tell. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final String origin;
    private final Brand brand;
    private final String version;

    /**
     * Makes it for one server.
     *
     * @param origin without a trailing slash, already checked
     * @param brand in whose name
     */
    public PluginArchive(String origin, Brand brand) {
        this.origin = origin;
        this.brand = brand;
        // As the manifest wants it, where classes do not come from a jar as well.
        this.version =
                Objects.requireNonNullElse(PluginArchive.class.getPackage().getImplementationVersion(), "0.0.0-dev");
    }

    /** Whose it is. */
    public String origin() {
        return origin;
    }

    /** The archive. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String text : TEXTS) {
                add(zip, text, filledIn(text, Resources.text("plugin/" + text)).getBytes(StandardCharsets.UTF_8));
            }
            Logo logo = brand.logo();
            if (logo == null) {
                add(zip, "assets/icon.png", Resources.bytes("static/icon-128.png"));
                add(zip, "assets/logo.png", Resources.bytes("static/logo-512.png"));
            } else {
                add(zip, "assets/icon." + logo.extension(), logo.bytes());
                add(zip, "assets/logo." + logo.extension(), logo.bytes());
            }
        }
        return bytes.toByteArray();
    }

    /** Of what is filled in, the name alone may hold what JSON or YAML would have to escape. */
    private String filledIn(String file, String text) {
        Logo logo = brand.logo();
        String filled = text.replace("{base}", origin)
                .replace("{host}", URI.create(origin).getAuthority())
                .replace("{version}", version)
                .replace("{accent}", brand.light().accent())
                .replace("{image}", logo == null ? "png" : logo.extension());
        return file.endsWith(".json")
                ? filled.replace("{name}", listed().replace("\\", "\\\\").replace("\"", "\\\""))
                : filled.replace("{name}", brand.name().replace("'", "''"));
    }

    /** The name, as long as the directory of ChatGPT takes one. */
    private String listed() {
        String name = brand.name();
        return name.codePointCount(0, name.length()) <= LONGEST_LISTED
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_LISTED - 1))
                                .strip() + "…";
    }

    /** Not packed, as other versions of the library pack to other bytes. */
    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ALWAYS);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
