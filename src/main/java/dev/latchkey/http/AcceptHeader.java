package dev.latchkey.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** Which of the two forms of a problem a caller would rather have (RFC 9110, section 12.5.1). */
final class AcceptHeader {
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    private AcceptHeader() {}

    /**
     * Whether the caller names HTML and likes no form of JSON as much. Read from the raw header, as the framework's own
     * parser throws on a malformed one; whatever cannot be read counts as a program.
     */
    static boolean isPage(HttpRequest<?> request) {
        double page = 0;
        double json = 0;
        for (String header : request.getHeaders().getAll(HttpHeaders.ACCEPT)) {
            for (String range : header.split(",", -1)) {
                String[] parts = range.split(";", -1);
                String type = parts[0].strip().toLowerCase(Locale.ROOT);
                double quality = quality(parts);
                if (PAGES.contains(type)) {
                    page = Math.max(page, quality);
                } else if (type.equals("application/json") || type.endsWith("+json")) {
                    json = Math.max(json, quality);
                }
            }
        }
        return page > json;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    return new BigDecimal(parameter.substring(2).strip()).doubleValue();
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
