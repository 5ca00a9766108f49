package dev.latchkey.api.action;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** How a save ended when nothing was wrong with it. */
@Serdeable
record SaveResponse(String status, List<String> changed, String instructions) {}
