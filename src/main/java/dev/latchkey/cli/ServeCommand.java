package dev.latchkey.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code serve}: what the program does without a command as well. */
@Command(
        name = ServeCommand.NAME,
        description = "Serves until it is stopped. That is what the program does without a command as well.")
final class ServeCommand implements Callable<Integer> {
    static final String NAME = "serve";

    private final ToIntFunction<String[]> serve;

    @Parameters(
            paramLabel = "-NAME=VALUE",
            description = "Settings that win over the environment, such as -micronaut.server.port=8081.")
    private List<String> settings = List.of();

    @Spec
    private CommandSpec spec;

    ServeCommand(ToIntFunction<String[]> serve) {
        this.serve = serve;
    }

    @Override
    public Integer call() {
        settings.stream()
                .filter(setting -> !Workplace.isSetting(setting))
                .findFirst()
                .ifPresent(other -> {
                    throw new ParameterException(
                            spec.commandLine(), "Not a setting, which is written as -name=value: " + other);
                });
        return serve.applyAsInt(settings.toArray(String[]::new));
    }
}
