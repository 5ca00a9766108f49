package dev.latchkey.mail;

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
 * Renders the templates under {@code views/mail}: a {@code .txt} in Thymeleaf's text mode, a {@code .html} with HTML's
 * escaping; the ending decides.
 *
 * <p>An engine of its own, because mails know no request and find their words in other files than pages do.
 */
@Singleton
final class MailTemplates {
    private final TemplateEngine engine = new TemplateEngine();

    MailTemplates(MailTexts texts) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
        resolver.setPrefix("views/mail/");
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(new Resolver(texts));
    }

    String render(String file, Locale locale, Map<String, Object> model) {
        return engine.process(file, new Context(locale, model));
    }

    private static final class Resolver extends AbstractMessageResolver {
        private final MailTexts texts;

        Resolver(MailTexts texts) {
            this.texts = texts;
        }

        @Override
        public String resolveMessage(
                ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] values) {
            return values == null ? texts.text(context.getLocale(), key) : texts.text(context.getLocale(), key, values);
        }

        @Override
        public String createAbsentMessageRepresentation(
                ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] values) {
            throw new IllegalArgumentException("No text for " + key);
        }
    }
}
