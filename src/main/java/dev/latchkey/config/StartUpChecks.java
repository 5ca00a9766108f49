package dev.latchkey.config;

import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses a configuration that is unsafe or cannot work, before a port or a database is opened. All findings come at
 * once, so that nobody has to start ten times to mend ten mistakes. In the {@code dev} environment what is merely unsafe
 * is allowed, what cannot work is not.
 */
public final class StartUpChecks {
    /** The environment in which insecure settings are fine. */
    public static final String DEV = "dev";

    private StartUpChecks() {}

    /** One line for each reason not to serve; empty when all is well. */
    public static List<String> forServing(Environment environment) {
        return lines(environment, true);
    }

    /** One line for each reason not to work on the data; a command needs neither mail nor links. */
    public static List<String> forCommands(Environment environment) {
        return lines(environment, false);
    }

    private static List<String> lines(Environment environment, boolean serving) {
        boolean dev = environment.getActiveNames().contains(DEV);
        SettingValues values = new SettingValues(environment, ConversionService.SHARED);
        List<ConfigurationError> findings = new ArrayList<>(TypeChecks.findings(values));
        findings.addAll(StorageChecks.findings(values, dev));
        if (serving) {
            findings.addAll(AddressChecks.findings(values, dev));
            findings.addAll(KeyChecks.findings(values, dev));
            findings.addAll(MailChecks.findings(values, dev));
        }
        return findings.stream().map(ConfigurationError::toString).distinct().toList();
    }
}
