package dev.latchkey.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One parameter of a header's value, for what a parser has left of it. */
record HeaderParameter(Pattern pattern) {

    /**
     * Names it.
     *
     * @param name a pattern for its name
     * @param value a pattern for what stands behind it, of which one group is wanted
     */
    static HeaderParameter of(String name, String value) {
        return new HeaderParameter(Pattern.compile(";\\s*" + name + "\\s*=\\s*" + value, Pattern.CASE_INSENSITIVE));
    }

    /** Its value; null where it is missing. */
    @Nullable
    String in(String header) {
        Matcher matcher = pattern.matcher(header);
        return matcher.find() ? matcher.group(1) : null;
    }
}
