package dev.latchkey.web;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ognl.ObjectPropertyAccessor;
import ognl.OgnlException;
import ognl.OgnlRuntime;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;

/**
 * Reads what templates say of our own types, such as {@code ${line.key}}. OGNL looks for getters, which records have none of,
 * and then through all methods, each time: that was a third of what a page took.
 */
@Singleton
final class OwnProperties extends ObjectPropertyAccessor implements BeanCreatedEventListener<TemplateEngine> {
    private static final String OURS = "dev.latchkey.";

    private final ClassValue<Map<String, Method>> readers = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Stream.of(type.getName().startsWith(OURS) ? type.getDeclaredMethods() : new Method[0])
                    .filter(method -> method.getParameterCount() == 0 && method.trySetAccessible())
                    .collect(Collectors.toUnmodifiableMap(Method::getName, method -> method, (one, other) -> one));
        }
    };

    @Override
    public TemplateEngine onCreated(BeanCreatedEvent<TemplateEngine> event) {
        OgnlRuntime.setPropertyAccessor(Object.class, this);
        return event.getBean();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object getPossibleProperty(Map context, Object target, String name) throws OgnlException {
        Method reader = readers.get(target.getClass()).get(name);
        if (reader == null) {
            return super.getPossibleProperty(context, target, name);
        }
        try {
            return reader.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new OgnlException(name, e);
        }
    }
}
