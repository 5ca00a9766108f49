package dev.latchkey.web;

import dev.latchkey.config.Brand;
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
 * Lets templates say {@code #{key}}. The place after those of its values is the operator's name: {@code {0}} in a text that
 * is given none, {@code {1}} in one that is given one.
 *
 * <p>Asked before Micronaut's own resolver, which fills in values twice over: the apostrophe of {@code o'neil@…} would
 * be lost and braces in what people typed would be looked up.
 */
@Singleton
final class TextResolver extends AbstractMessageResolver implements BeanCreatedEventListener<TemplateEngine> {
    private final Texts texts;
    private final String brand;

    TextResolver(@Named("messages") Texts texts, Brand brand) {
        this.texts = texts;
        this.brand = brand.name();
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
        int given = messageParameters == null ? 0 : messageParameters.length;
        if (given == 0 && texts.isCounting(context.getLocale(), key)) {
            // The page's script fills it in.
            return texts.find(context.getLocale(), key);
        }
        @Nullable Object[] values = new @Nullable Object[given + 1];
        if (messageParameters != null) {
            System.arraycopy(messageParameters, 0, values, 0, given);
        }
        values[given] = brand;
        return texts.find(context.getLocale(), key, values);
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
