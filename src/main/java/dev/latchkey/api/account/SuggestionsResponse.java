package dev.latchkey.api.account;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Nicknames that were free when asked. */
@Serdeable
record SuggestionsResponse(List<String> suggestions) {}
