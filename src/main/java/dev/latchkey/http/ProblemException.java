package dev.latchkey.http;

/** A request that cannot be parsed; thrown only while parsing at the edge, where no outcome can be returned yet. */
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
