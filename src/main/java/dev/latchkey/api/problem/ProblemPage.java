package dev.latchkey.api.problem;

import io.micronaut.core.annotation.Introspected;

/** What the view {@code problem} shows, as {@code problem}. */
@Introspected
public record ProblemPage(String title, String detail, int status, String requestId, String slug) {}
