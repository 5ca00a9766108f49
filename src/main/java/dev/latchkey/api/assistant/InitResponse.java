package dev.latchkey.api.assistant;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/** The answer to a request for a link: the same whether or not the account exists, where that is concealed. */
@Serdeable
public record InitResponse(String status, UUID requestId, String matchPhrase, String instructions) {}
