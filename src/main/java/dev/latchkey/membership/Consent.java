package dev.latchkey.membership;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** Somebody agreed to the terms, as an assistant tells it. */
@MappedEntity("consents")
record Consent(@Id @StoredAsText UUID accountId, String termsVersion, Instant givenAt) {}
