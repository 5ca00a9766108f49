package dev.latchkey.api.admin;

import dev.latchkey.config.operating.AdminSettings;
import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A bean that is there only where the admin API is on. */
@Retention(RetentionPolicy.RUNTIME)
@Requires(property = AdminSettings.PORT, pattern = AdminSettings.A_PORT)
@interface OnAdminPort {}
