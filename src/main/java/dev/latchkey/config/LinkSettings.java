package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long a magic link lives and how many may be asked for.
 *
 * @param linkLifetime counted from the moment the mail server accepted the mail
 * @param undoLifetime for how long a change can be taken back, counted from the change, or from the moment its notice was
 *     accepted where that came late
 * @param linksPerMinute links that one account may get within any minute
 * @param linksPerHour links that one account may get within any hour
 * @param callerLinksPerHour links that one user or conversation of an assistant may ask for within an hour
 * @param networkLinksPerHour links that callers without a key may ask for within an hour from one network address
 * @param mcpLinksPerHour links that callers of {@code /mcp} may ask for within an hour from one network address, which
 *     all users of an assistant may share
 * @param newAddressesPerHour mails to addresses that never asked before, within an hour
 * @param actionKeyLinksPerHour links that one action key may ask for within an hour, so that a leaked key cannot mail
 *     the world
 */
@ConfigurationProperties("latchkey")
public record LinkSettings(
        @Bindable(defaultValue = "15m") Duration linkLifetime,
        @Bindable(defaultValue = "72h") Duration undoLifetime,
        @Bindable(defaultValue = "1") int linksPerMinute,
        @Bindable(defaultValue = "5") int linksPerHour,
        @Bindable(defaultValue = "30") int callerLinksPerHour,
        @Bindable(defaultValue = "600") int networkLinksPerHour,
        @Bindable(defaultValue = "1000") int mcpLinksPerHour,
        @Bindable(defaultValue = "200") int newAddressesPerHour,
        @Bindable(defaultValue = "100000") int actionKeyLinksPerHour) {}
