package dev.latchkey.config.checks;

import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses a configuration that is unsafe or cannot work, before a port or a database is opened. All reasons come at
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
        SettingValues values = new SettingValues(environment, ConversionService.SHARED, dev);
        return Stream.concat(
                        ConfigurationRules.all(serving).flatMap(rule -> rule.lines(values)),
                        DataDirectory.objection(values).stream())
                .distinct()
                .toList();
    }
}
