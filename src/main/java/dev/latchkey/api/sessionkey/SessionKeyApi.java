package dev.latchkey.api.sessionkey;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A bean that is there unless the session-key API is switched off. */
@Retention(RetentionPolicy.RUNTIME)
@Requires(property = "latchkey.session-key-api", value = StringUtils.TRUE, defaultValue = StringUtils.TRUE)
@interface SessionKeyApi {}
