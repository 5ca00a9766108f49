package dev.latchkey.assistant;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;

/** How far a request has come: names of fields, never their values. */
@Serdeable
public record StatusResponse(
        UUID requestId, String state, String matchPhrase, List<String> changed, String instructions) {}
