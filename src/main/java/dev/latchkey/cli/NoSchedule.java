package dev.latchkey.cli;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.processor.ExecutableMethodProcessor;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.scheduling.processor.ScheduledMethodProcessor;
import jakarta.inject.Singleton;

/** What is done again and again is the server's, and no command does it meanwhile. */
@Singleton
@Replaces(ScheduledMethodProcessor.class)
@Requires(property = Workplace.COMMAND)
final class NoSchedule implements ExecutableMethodProcessor<Scheduled> {
    @Override
    public void process(BeanDefinition<?> definition, ExecutableMethod<?, ?> method) {
        // Left to the server.
    }
}
