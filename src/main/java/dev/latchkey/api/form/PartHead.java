package dev.latchkey.api.form;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the Content-Disposition of a part says (RFC 7578, section 4.2).
 *
 * @param name of the field
 * @param filename {@code null} when the part is no file
 */
record PartHead(String name, @Nullable String filename) {
    /** A quoted value may hold escaped quotes; browsers write a quote inside it as {@code %22} instead. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*;\\s*([a-zA-Z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]*+))");

    boolean isFile() {
        return filename != null;
    }

    boolean namesAFile() {
        return filename != null && !filename.isEmpty();
    }

    static PartHead parse(String head) {
        for (String line : head.split("\r\n", -1)) {
            String[] field = line.split(":", 2);
            if (field.length == 2 && field[0].strip().equalsIgnoreCase("content-disposition")) {
                return disposition(field[1].strip());
            }
        }
        throw MultipartReader.malformed();
    }

    private static PartHead disposition(String value) {
        String kind = "form-data";
        if (!value.regionMatches(true, 0, kind, 0, kind.length())) {
            throw MultipartReader.malformed();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(value).region(kind.length(), value.length());
        while (matcher.find()) {
            String text = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), text);
        }
        String name = parameters.get("name");
        if (name == null || name.isEmpty()) {
            throw MultipartReader.malformed();
        }
        return new PartHead(name, parameters.getOrDefault("filename", parameters.get("filename*")));
    }
}
