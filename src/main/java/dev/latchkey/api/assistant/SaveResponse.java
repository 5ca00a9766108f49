package dev.latchkey.api.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** How a save ended when nothing was wrong with it. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record SaveResponse(String status, List<String> changed, String instructions) {}
