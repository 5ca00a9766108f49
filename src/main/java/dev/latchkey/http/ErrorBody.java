package dev.latchkey.http;

import java.util.Map;

/** Another shape for whatever goes wrong, at addresses whose callers know no problems. */
public interface ErrorBody {

    /** Whether callers of this path expect it. */
    boolean at(String path);

    /** The members of the JSON body. */
    Map<String, Object> body(Problem problem);
}
