package dev.latchkey.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need a browser. Where there is none the class is reported as skipped and says why; with
 * {@code -Dbrowser.required=true}, or {@code -Dfirefox.required=true}, it runs all the same, and fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InBrowser.Condition.class)
public @interface InBrowser {

    /** Which one. */
    LocalBrowser value() default LocalBrowser.CHROMIUM;

    /** Looks for the browser before the class is set up. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            LocalBrowser browser = context.getRequiredTestClass()
                    .getAnnotation(InBrowser.class)
                    .value();
            return browser.missing()
                    .filter(reason -> !browser.isRequired())
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("There is a browser, or there must be one."));
        }
    }
}
