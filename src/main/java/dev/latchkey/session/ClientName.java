package dev.latchkey.session;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session is recognised by in a list: browser and system, as the client calls itself. Only a help for the owner's
 * memory, as any client can call itself anything; so a few names are enough, and what is none of them stays nameless.
 */
public final class ClientName {
    /** What to look for and what it is called; browsers that name others as well come before those. */
    private static final List<String[]> BROWSERS = List.of(
            new String[] {"edg", "Edge"},
            new String[] {"opr/", "Opera"},
            new String[] {"samsungbrowser/", "Samsung Internet"},
            new String[] {"firefox/", "Firefox"},
            new String[] {"fxios/", "Firefox"},
            new String[] {"crios/", "Chrome"},
            new String[] {"chrome/", "Chrome"},
            new String[] {"safari/", "Safari"});

    private static final List<String[]> SYSTEMS = List.of(
            new String[] {"iphone", "iOS"},
            new String[] {"ipad", "iPadOS"},
            new String[] {"android", "Android"},
            new String[] {"windows", "Windows"},
            new String[] {"mac os x", "macOS"},
            new String[] {"cros", "ChromeOS"},
            new String[] {"linux", "Linux"});

    /** The first product of a client that is no browser (RFC 9110, section 10.1.5). */
    private static final Pattern PRODUCT = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,39})(?:[/ ].*)?");

    private ClientName() {}

    /** Such as {@code Firefox · Windows}; empty when nothing can be told. */
    public static String of(@Nullable String userAgent) {
        if (userAgent == null) {
            return "";
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (agent.startsWith("mozilla/")) {
            return join(first(BROWSERS, agent), first(SYSTEMS, agent));
        }
        Matcher product = PRODUCT.matcher(userAgent);
        return product.matches() ? product.group(1) : "";
    }

    private static String first(List<String[]> names, String agent) {
        return names.stream()
                .filter(name -> agent.contains(name[0]))
                .map(name -> name[1])
                .findFirst()
                .orElse("");
    }

    private static String join(String browser, String system) {
        return browser.isEmpty() || system.isEmpty() ? browser + system : browser + " · " + system;
    }
}
