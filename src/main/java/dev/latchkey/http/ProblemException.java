package dev.latchkey.http;

/** A refusal, thrown at the edge alone: while a request is parsed, and where several doors answer with one problem. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        // The caller made the mistake, so a stack trace of ours would tell nothing.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    public Problem problem() {
        return problem;
    }
}
