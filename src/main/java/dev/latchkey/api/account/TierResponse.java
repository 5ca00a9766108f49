package dev.latchkey.api.account;

import dev.latchkey.account.Tier;
import io.micronaut.serde.annotation.Serdeable;

/** What an account has earned. */
@Serdeable
record TierResponse(Tier tier) {}
