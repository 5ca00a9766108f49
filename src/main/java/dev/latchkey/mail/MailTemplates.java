package dev.latchkey.mail;

import dev.latchkey.config.Brand;
import dev.latchkey.text.Texts;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.unbescape.html.HtmlEscape;

/**
 * The texts of the mails ({@code i18n/mail.properties}; English where a language has none) and the templates under
 * {@code views/mail} that show them: a {@code .txt} in Thymeleaf's text mode, a {@code .html} with HTML's escaping.
 *
 * <p>An engine of its own, because mails know no request and find their words in other files than pages do. It renders a
 * template once, with a mark where each value goes, and mails have their values put in there: rendering every mail was
 * half of the work of writing it.
 */
@Singleton
final class MailTemplates {
    /** On both sides of a value's name; for private use, so that no text has it and no escaping changes it. */
    private static final String MARK = "\uE000";

    /** Every language and every set of changed fields may need one; the rest is rendered each time. */
    private static final int MOST_KEPT = 500;

    /** A template with its texts in one language, and what it decides by. */
    private record Form(String file, Locale locale, Map<String, Object> fixed) {}

    private static final String FIELD = "field.";

    private final Texts texts;
    private final Texts fields;
    private final Brand brand;
    private final TemplateEngine engine = new TemplateEngine();

    private final Map<Form, MailForm> kept = new ConcurrentHashMap<>();

    MailTemplates(@Named("mail") Texts texts, @Named("fields") Texts fields, Brand brand) {
        this.texts = texts;
        this.fields = fields;
        this.brand = brand;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
        resolver.setPrefix("views/mail/");
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(new Resolver());
    }

    /** The language that a reader of this locale is really written to in. */
    Locale written(Locale locale) {
        return texts.locales().contains(locale)
                ? locale
                : texts.best(locale.toLanguageTag()).orElse(Texts.FALLBACK);
    }

    /**
     * A text with its {@code {0}}, {@code {1}}, ... filled in; the names of fields are those of all doors.
     *
     * @param locale a {@link #written} one
     */
    String text(Locale locale, String key, @Nullable Object... values) {
        return (key.startsWith(FIELD) ? fields : texts).text(locale, key, values);
    }

    /**
     * A template in one language, with places for values.
     *
     * @param fixed what it may decide by, and make keys of; the same few again and again
     * @param names of the values that it shows as they are, and does nothing else with
     */
    MailForm form(String file, Locale locale, Map<String, Object> fixed, Set<String> names) {
        Form form = new Form(file, locale, Map.copyOf(fixed));
        MailForm known = kept.get(form);
        if (known != null) {
            return known;
        }
        Map<String, Object> model = new HashMap<>(form.fixed());
        names.forEach(name -> model.put(name, MARK + name + MARK));
        MailForm made = new MailForm(
                render(file, locale, model).split(MARK, -1),
                file.endsWith(".html") ? HtmlEscape::escapeHtml4Xml : UnaryOperator.identity());
        if (kept.size() < MOST_KEPT) {
            kept.put(form, made);
        }
        return made;
    }

    /** A template by the engine alone, with everything that it shows. */
    String render(String file, Locale locale, Map<String, Object> model) {
        Context context = new Context(locale, model);
        context.setVariable("brand", brand);
        return engine.process(file, context);
    }

    private final class Resolver extends AbstractMessageResolver {
        @Override
        public String resolveMessage(
                ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] values) {
            return values == null ? text(context.getLocale(), key) : text(context.getLocale(), key, values);
        }

        @Override
        public String createAbsentMessageRepresentation(
                ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] values) {
            throw new IllegalArgumentException("No text for " + key);
        }
    }
}
