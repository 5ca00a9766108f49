package dev.latchkey.api.problem;

import java.util.Map;

/** Another shape for whatever goes wrong, at addresses whose callers know no problems. */
public interface OwnErrors {

    /** Whether callers of this path expect it. */
    boolean at(String path);

    /** The members of the JSON body. */
    Map<String, Object> body(Problem problem);
}
