package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a part says (RFC 7578, section 4).
 *
 * @param name of the field
 * @param filename {@code null} when none is given; in any encoding, as nobody reads it
 * @param charset that the part names for its text; {@code null} when it names none
 * @param encoding how its bytes were packed for mail, which forms should not have; {@code null} when they were not
 */
record PartHead(
        String name,
        @Nullable String filename,
        @Nullable String charset,
        @Nullable String encoding) {
    /**
     * A quoted value may hold escaped quotes. Browsers write a quote inside it as {@code %22} instead; old clients write
     * it, and the backslashes of their folders, as they are. So it ends at a quote before a semicolon or the end.
     */
    private static final Pattern PARAMETER = Pattern.compile("\\G\\s*;\\s*([a-zA-Z*]+)\\s*=\\s*"
            + "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"(?=\\s*(?:;|$))|\"(.*?)\"(?=\\s*(?:;|$))|([^\\s;\"]*+))");

    private static final Pattern FOLD = Pattern.compile("\r\n[ \t]+");
    private static final Pattern PACKED = Pattern.compile("base64|quoted-printable", Pattern.CASE_INSENSITIVE);

    boolean namesAFile() {
        return filename != null && !filename.isEmpty();
    }

    /** Reads a head, whose bytes are taken as Latin-1. */
    static PartHead parse(String head) {
        Map<String, String> lines = new HashMap<>();
        for (String line : FOLD.matcher(head).replaceAll(" ").split("\r\n", -1)) {
            String[] field = line.split(":", 2);
            if (field.length == 2) {
                lines.putIfAbsent(field[0].strip().toLowerCase(Locale.ROOT), field[1].strip());
            }
        }
        String disposition = lines.getOrDefault("content-disposition", "");
        String kind = "form-data";
        if (!disposition.regionMatches(true, 0, kind, 0, kind.length())) {
            throw MultipartReader.malformed();
        }
        Map<String, String> parameters = parameters(disposition.substring(kind.length()));
        String name = parameters.get("name");
        if (name == null || name.isEmpty()) {
            throw MultipartReader.malformed();
        }
        String type = lines.getOrDefault("content-type", "");
        String encoding = lines.getOrDefault("content-transfer-encoding", "");
        return new PartHead(
                text(name),
                parameters.getOrDefault("filename", parameters.get("filename*")),
                parameters(type.replaceFirst("^[^;]*+", "")).get("charset"),
                PACKED.matcher(encoding).matches() ? encoding : null);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            for (int group = 2; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(group));
                }
            }
        }
        return parameters;
    }

    private static String text(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        return utf8.indexOf('\uFFFD') < 0 ? utf8 : name;
    }
}
