package dev.latchkey.http;

import io.micronaut.core.annotation.Introspected;

/**
 * What the views {@code problem} and {@code problem-type} show, as {@code problem}.
 *
 * @param language of title, detail and help, which need not be that of the page around them
 */
@Introspected
public record ProblemPage(
        String language, String title, String detail, String help, int status, String requestId, String slug) {

    /** A problem that one call met. */
    public static ProblemPage of(Problem problem, String requestId) {
        ProblemType type = problem.type();
        return new ProblemPage(
                ProblemTexts.language().toLanguageTag(),
                ProblemTexts.title(type),
                problem.detail(),
                ProblemTexts.explanation(type),
                type.status(),
                requestId,
                type.slug());
    }
}
