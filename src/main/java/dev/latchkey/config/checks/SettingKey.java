package dev.latchkey.config.checks;

import dev.latchkey.config.BrandSettings;
import dev.latchkey.config.ConnectionSettings;
import dev.latchkey.config.DevInboxSettings;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.PhotoSettings;
import dev.latchkey.config.S3Settings;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.config.operating.AdminSettings;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.config.operating.DkimSettings;
import dev.latchkey.config.operating.ReadinessSettings;
import dev.latchkey.config.operating.WebhookSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.naming.NameUtils;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One key of the configuration.
 *
 * @param property its name in {@code application.yml}, such as {@code latchkey.link-lifetime}
 * @param type what its text must be convertible to
 */
record SettingKey(String property, Class<?> type) {
    /** How the variables of our own settings begin. */
    static final String OURS = "LATCHKEY_";

    /** Chooses beans, and so is in no record. */
    static final String PHOTOS = "latchkey.photos";

    private static final List<Class<? extends Record>> RECORDS = List.of(
            LatchkeySettings.class,
            BrandSettings.class,
            LinkSettings.class,
            SessionSettings.class,
            OAuthSettings.class,
            ConnectionSettings.class,
            SmtpSettings.class,
            MailSettings.class,
            DkimSettings.class,
            PhotoSettings.class,
            S3Settings.class,
            DevInboxSettings.class,
            WebhookSettings.class,
            BounceSettings.class,
            AdminSettings.class,
            ReadinessSettings.class);

    /** All keys of the settings records. */
    static Stream<SettingKey> all() {
        return RECORDS.stream().flatMap(SettingKey::of);
    }

    /** The variables of all our own settings. */
    static Stream<String> variables() {
        return Stream.concat(all().map(SettingKey::property), Stream.of(PHOTOS)).map(SettingKey::variable);
    }

    /** The keys that a settings record binds. */
    static Stream<SettingKey> of(Class<?> settings) {
        String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
        return Arrays.stream(settings.getRecordComponents())
                .map(component ->
                        new SettingKey(prefix + "." + NameUtils.hyphenate(component.getName()), component.getType()));
    }

    /** The environment variable that sets it. */
    String variable() {
        return variable(property);
    }

    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** {@code VARIABLE: what is wrong. Cure.}, as operators are told why the service does not start. */
    static String line(String property, String wrong, String cure) {
        return variable(property) + ": " + wrong + ". " + cure + ".";
    }
}
