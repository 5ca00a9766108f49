package dev.latchkey.web;

import dev.latchkey.text.Texts;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/**
 * Lets templates say {@code #{key}}.
 *
 * <p>Asked before Micronaut's own resolver, which fills in values twice over: the apostrophe of {@code o'neil@…} would
 * be lost and braces in what people typed would be looked up.
 */
@Singleton
final class TextResolver extends AbstractMessageResolver implements BeanCreatedEventListener<TemplateEngine> {
    private final Texts texts;

    TextResolver(@Named("messages") Texts texts) {
        this.texts = texts;
        setOrder(1);
    }

    @Override
    public TemplateEngine onCreated(BeanCreatedEvent<TemplateEngine> event) {
        TemplateEngine engine = event.getBean();
        engine.addMessageResolver(this);
        return engine;
    }

    @Override
    public @Nullable String resolveMessage(
            ITemplateContext context,
            @Nullable Class<?> origin,
            String key,
            @Nullable Object @Nullable [] messageParameters) {
        return messageParameters == null
                ? texts.find(context.getLocale(), key)
                : texts.find(context.getLocale(), key, messageParameters);
    }

    @Override
    public @Nullable String createAbsentMessageRepresentation(
            ITemplateContext context,
            @Nullable Class<?> origin,
            String key,
            @Nullable Object @Nullable [] messageParameters) {
        return null;
    }
}
