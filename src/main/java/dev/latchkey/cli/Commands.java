package dev.latchkey.cli;

import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how the program ends. */
public final class Commands {
    /** It is done. */
    static final int DONE = 0;

    /** Something was refused or failed; what and what to do was said. */
    static final int FAILED = 1;

    /** There is no such command, or its arguments make no sense; nothing was opened. */
    static final int MISUSED = 2;

    private static final int WIDTH = 100;

    private Commands() {}

    /**
     * Runs what the arguments name.
     *
     * @param serve serves with these settings until the end
     * @return the exit code
     */
    public static int run(Workplace place, ToIntFunction<String[]> serve, String... arguments) {
        return commandLine(place, serve).execute(arguments);
    }

    /** Leaves standard output to what a command has to say. Before the first line of the log. */
    public static void keepLogsApart(String... arguments) {
        if (!arguments[0].equals(ServeCommand.NAME)) {
            System.setProperty("latchkey.log.target", "System.err");
            System.setProperty("latchkey.log.level", "WARN");
        }
    }

    static CommandLine commandLine(Workplace place, ToIntFunction<String[]> serve) {
        CommandLine all = new CommandLine(new Root());
        List.of(
                        // Settings are written as the framework takes them, whatever their name.
                        new CommandLine(new ServeCommand(serve)).setUnmatchedOptionsArePositionalParams(true),
                        new ImportCommand(place),
                        new OutboxCommand(place),
                        new AccountCommand(place),
                        new BackupCommand(place),
                        new RestoreCommand(place),
                        new CheckCommand(place),
                        new MailTestCommand(place),
                        new PluginCommand(place),
                        new VersionCommand(place),
                        new HelpCommand())
                .forEach(all::addSubcommand);
        all.getCommandSpec()
                .version(version())
                .addOption(flag("-V", "-version", "--version")
                        .versionHelp(true)
                        .description("Say which version it is.")
                        .build());
        layOut(all);
        return all.setOut(place.out())
                .setErr(place.err())
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler((mistake, arguments) -> explain(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    throw failure;
                });
    }

    private static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0");
    }

    /** One look for all of them. */
    private static void layOut(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage()
                .synopsisHeading("usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading(spec.positionalParameters().isEmpty() ? "%n" : "")
                .commandListHeading("%nCommands:%n");
        if (spec.findOption("--help") == null) {
            spec.addOption(flag("-h", "-help", "--help")
                    .usageHelp(true)
                    .description("Say how it is called.")
                    .build());
        }
        command.getSubcommands().values().forEach(Commands::layOut);
    }

    /** What is wrong, what was probably meant, and how the command is called. */
    private static int explain(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(sentence(mistake, command));
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.getErr().println(synopsis(command));
        return MISUSED;
    }

    private static String synopsis(CommandLine command) {
        CommandLine.Help help = command.getHelp();
        return help.synopsisHeading()
                + help.synopsis(help.synopsisHeadingLength()).stripTrailing()
                + System.lineSeparator()
                + command.getCommandSpec().qualifiedName() + " --help says more.";
    }

    private static String sentence(ParameterException mistake, CommandLine command) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            String typed = unmatched.getUnmatched().getFirst();
            return "There is no command \"" + (command.getParent() == null ? "" : command.getCommandName() + " ")
                    + typed + "\".";
        }
        return Objects.requireNonNullElse(mistake.getMessage(), "The arguments make no sense.");
    }

    static String version() {
        return "Latchkey "
                + Objects.requireNonNullElse(Commands.class.getPackage().getImplementationVersion(), "dev");
    }

    @Command(
            name = "java -jar latchkey.jar",
            synopsisSubcommandLabel = "[COMMAND]",
            description =
                    "%nLets people edit their profile from a chat, without a password. Without a command it serves.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done",
                "1:something was refused or failed; standard error says what, and what to do",
                "2:misused: there is no such command, or its arguments make no sense; nothing was opened"
            },
            footer = {
                "%nSettings come from the environment: docs/configuration.md lists them.",
                "docs/commands.md shows each command at work.",
                "MICRONAUT_ENVIRONMENTS=dev java -jar latchkey.jar tries it out: an inbox, a demo account,",
                "nothing to set."
            })
    private static final class Root {}
}
