package dev.latchkey.mail;

import dev.latchkey.text.Texts;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The texts of the mails ({@code i18n/mail.properties}; English where a language has none) and the templates under
 * {@code views/mail} that show them: a {@code .txt} in Thymeleaf's text mode, a {@code .html} with HTML's escaping.
 *
 * <p>An engine of its own, because mails know no request and find their words in other files than pages do.
 */
@Singleton
final class MailTemplates {
    private final Texts texts;
    private final TemplateEngine engine = new TemplateEngine();

    MailTemplates(@Named("mail") Texts texts) {
        this.texts = texts;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
        resolver.setPrefix("views/mail/");
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(new Resolver());
    }

    /** The language that a reader of this locale is really written to in. */
    Locale written(Locale locale) {
        return texts.best(locale.toLanguageTag()).orElse(Texts.FALLBACK);
    }

    /**
     * A text with its {@code {0}}, {@code {1}}, ... filled in.
     *
     * @param locale a {@link #written} one
     */
    String text(Locale locale, String key, @Nullable Object... values) {
        return texts.text(locale, key, values);
    }

    String render(String file, Locale locale, Map<String, Object> model) {
        return engine.process(file, new Context(locale, model));
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
