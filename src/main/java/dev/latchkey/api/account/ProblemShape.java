package dev.latchkey.api.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every refusal looks like (RFC 9457), for the document. */
@Serdeable
@Schema(name = "Problem")
record ProblemShape(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<Invalid> errors) {

    @Serdeable
    @Schema(name = "Invalid")
    record Invalid(String pointer, String detail) {}
}
