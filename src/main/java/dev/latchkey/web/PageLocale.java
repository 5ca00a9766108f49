package dev.latchkey.web;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.locale.CompositeHttpLocaleResolver;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language a page is written in: the profile's where the page is about one, else what the browser asks for, among
 * the languages there are texts for.
 *
 * <p>Keeps nothing between requests, so no header can make it grow.
 */
@Singleton
@Primary
@Replaces(CompositeHttpLocaleResolver.class)
public final class PageLocale implements HttpLocaleResolver {
    private static final String ATTRIBUTE = PageLocale.class.getName();
    /** Browsers send far less; what is longer is not worth reading. */
    private static final int LONGEST_HEADER = 500;

    private final PageTexts texts;

    PageLocale(PageTexts texts) {
        this.texts = texts;
    }

    /** Writes the answer to this request in the profile's language, if there are texts in it. */
    public void follow(HttpRequest<?> request, @Nullable String languageTag) {
        if (languageTag != null) {
            best(languageTag).ifPresent(locale -> request.setAttribute(ATTRIBUTE, locale));
        }
    }

    @Override
    public Optional<Locale> resolve(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Locale.class)
                .or(() -> request.getHeaders()
                        .findFirst(HttpHeaders.ACCEPT_LANGUAGE)
                        .flatMap(this::best));
    }

    @Override
    public Locale resolveOrDefault(HttpRequest<?> request) {
        return resolve(request).orElse(PageTexts.FALLBACK);
    }

    /** The best language for a list of ranges as in Accept-Language (RFC 4647, lookup). */
    private Optional<Locale> best(String ranges) {
        if (ranges.isBlank() || ranges.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        try {
            List<LanguageRange> wanted = LanguageRange.parse(ranges.replace('_', '-'));
            return Optional.ofNullable(Locale.lookup(wanted, texts.locales()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
