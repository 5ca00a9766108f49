package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long people stay signed in, and where.
 *
 * @param accessTokenLifetime of the bearer tokens of the account API
 * @param sessionKeyLifetime of the keys of the session-key API
 * @param sessionIdle after which time without use somebody is signed out of the account's pages
 * @param sessionKeyApi whether the session-key API is there at all
 * @param termsVersion which terms people agree to who sign up through an assistant; kept with their consent
 * @param unconfirmedLifetime after which time without use an account is removed that nobody confirmed
 * @param deletionGrace between the closing of an account by its owner and its erasure
 */
@ConfigurationProperties("latchkey")
public record SessionSettings(
        @Bindable(defaultValue = "180m") Duration accessTokenLifetime,
        @Bindable(defaultValue = "12h") Duration sessionKeyLifetime,
        @Bindable(defaultValue = "30m") Duration sessionIdle,
        @Bindable(defaultValue = "true") boolean sessionKeyApi,
        @Bindable(defaultValue = "1") String termsVersion,
        @Bindable(defaultValue = "7d") Duration unconfirmedLifetime,
        @Bindable(defaultValue = "72h") Duration deletionGrace) {}
