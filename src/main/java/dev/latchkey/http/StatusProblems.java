package dev.latchkey.http;

/** The problem that stands for a bare HTTP status, for answers that nobody gave a cause. */
final class StatusProblems {
    private StatusProblems() {}

    static Problem of(int status) {
        return of(
                switch (status) {
                    case 401 -> ProblemType.UNAUTHORIZED;
                    case 403 -> ProblemType.FORBIDDEN;
                    case 404, 410 -> ProblemType.NOT_FOUND;
                    case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemType.NOT_ACCEPTABLE;
                    case 408 -> ProblemType.REQUEST_TIMEOUT;
                    case 413 -> ProblemType.TOO_LARGE;
                    case 414 -> ProblemType.URI_TOO_LONG;
                    case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
                    case 417 -> ProblemType.EXPECTATION_FAILED;
                    case 429 -> ProblemType.TOO_MANY_REQUESTS;
                    case 431 -> ProblemType.HEADERS_TOO_LARGE;
                    case 503 -> ProblemType.UNAVAILABLE;
                    case 504 -> ProblemType.OUTCOME_UNKNOWN;
                    default -> status >= 500 ? ProblemType.INTERNAL : ProblemType.INVALID_REQUEST;
                });
    }

    static Problem of(ProblemType type) {
        return Problem.of(type, ProblemTexts.explanation(type));
    }
}
