package dev.latchkey.config.checks;

import dev.latchkey.config.BaseUrl;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

    /** The same as far as it can be told without changing anything, of the data directory least of all. */
    public static List<String> outlook(Environment environment) {
        SettingValues values = values(environment);
        return lines(values, true, DataDirectory.outlook(values));
    }

    /** One line for each reason not to work on the data; a command needs neither mail nor links. */
    public static List<String> forCommands(Environment environment) {
        return lines(environment, false);
    }

    /** One line for each reason not to write links in the operator's name; nothing else is looked at. */
    public static List<String> forLinks(Environment environment) {
        SettingValues values = values(environment);
        return Stream.concat(
                        ConfigurationRules.all(true).filter(rule -> rule.key().equals(BaseUrl.KEY)),
                        BrandRules.ALL.stream())
                .flatMap(rule -> rule.lines(values))
                .toList();
    }

    /**
     * One line for each variable that looks like one of ours or of OpenTelemetry's and is none, as a misspelt one would
     * change nothing in silence.
     */
    public static List<String> unknown(Collection<String> variables) {
        return Stream.concat(
                        unknown(
                                variables,
                                SettingKey.OURS,
                                SettingKey.variables().toList(),
                                "is no setting of Latchkey"),
                        unknown(
                                variables.stream()
                                        .filter(variable -> !CollectorVariables.isOfOthers(variable))
                                        .toList(),
                                CollectorVariables.BEGIN,
                                CollectorVariables.known(),
                                "is no variable of OpenTelemetry"))
                .toList();
    }

    private static Stream<String> unknown(
            Collection<String> variables, String begin, Collection<String> known, String what) {
        return variables.stream()
                .filter(variable -> variable.startsWith(begin))
                .filter(variable -> !known.contains(variable))
                .sorted()
                .map(variable -> variable + ": " + what + " and changes nothing. The nearest one is "
                        + Spelling.nearest(variable, known) + ".");
    }

    private static List<String> lines(Environment environment, boolean serving) {
        SettingValues values = values(environment);
        return lines(values, serving, DataDirectory.objection(values));
    }

    private static List<String> lines(SettingValues values, boolean serving, Optional<String> ofDataDirectory) {
        return Stream.concat(
                        ConfigurationRules.all(serving).flatMap(rule -> rule.lines(values)), ofDataDirectory.stream())
                .distinct()
                .toList();
    }

    private static SettingValues values(Environment environment) {
        boolean dev = environment.getActiveNames().contains(DEV);
        return new SettingValues(environment, ConversionService.SHARED, dev);
    }
}
