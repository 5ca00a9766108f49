package dev.latchkey.membership;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/** Somebody agreed to the terms, as an assistant tells it. */
@MappedEntity("consents")
record Consent(@Id @TypeDef(type = DataType.STRING) UUID accountId, String termsVersion, Instant givenAt) {}
