package dev.latchkey.web.site;

import dev.latchkey.config.Brand;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Set;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.IProcessorDialect;
import org.thymeleaf.model.ITemplateEnd;
import org.thymeleaf.model.ITemplateStart;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.templateboundaries.AbstractTemplateBoundariesProcessor;
import org.thymeleaf.processor.templateboundaries.ITemplateBoundariesStructureHandler;
import org.thymeleaf.templatemode.TemplateMode;

/** Lets every template say {@code ${brand.name}}, whoever renders it. */
@Singleton
final class BrandVariable implements BeanCreatedEventListener<TemplateEngine> {
    private static final int FIRST = 0;

    private final Brand brand;

    BrandVariable(Brand brand) {
        this.brand = brand;
    }

    @Override
    public TemplateEngine onCreated(BeanCreatedEvent<TemplateEngine> event) {
        TemplateEngine engine = event.getBean();
        engine.addDialect(new Variable());
        return engine;
    }

    private final class Variable extends AbstractTemplateBoundariesProcessor implements IProcessorDialect {
        Variable() {
            super(TemplateMode.HTML, FIRST);
        }

        @Override
        public void doProcessTemplateStart(
                ITemplateContext context, ITemplateStart start, ITemplateBoundariesStructureHandler structure) {
            structure.setLocalVariable("brand", brand);
        }

        @Override
        public void doProcessTemplateEnd(
                ITemplateContext context, ITemplateEnd end, ITemplateBoundariesStructureHandler structure) {
            // The variable ends with the template.
        }

        @Override
        public String getName() {
            return "brand";
        }

        @Override
        public String getPrefix() {
            return "brand";
        }

        @Override
        public int getDialectProcessorPrecedence() {
            return FIRST;
        }

        @Override
        public Set<IProcessor> getProcessors(String prefix) {
            return Set.of(this);
        }
    }
}
