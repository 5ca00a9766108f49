package dev.latchkey.api.sessionkey;

import io.micronaut.serde.annotation.Serdeable;

/** API-001. */
@Serdeable
record Version(String version, String service) {}
