package dev.latchkey.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entity tags in If-Match and If-None-Match (RFC 9110, section 8.8.3). Proxies that compress turn a tag into a weak one
 * (nginx) or put the coding into it (Apache, Jetty); either way it still names the same state of what we sent.
 */
public final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");
    private static final Pattern CODING = Pattern.compile("[-;:]{1,2}(?:(?:x-)?gzip|deflate|br|zstd)$");

    private EntityTags() {}

    /** What stands in the quotes of each tag, without what proxies put there. */
    public static Set<String> in(List<String> headers) {
        return headers.stream()
                .flatMap(header -> TAG.matcher(header).results())
                .map(tag -> CODING.matcher(tag.group(1)).replaceFirst(""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the condition holds for anything that is there. */
    public static boolean isStar(List<String> headers) {
        return headers.stream().anyMatch(header -> header.strip().equals("*"));
    }
}
