package dev.latchkey;

import dev.latchkey.config.Command;
import dev.latchkey.mail.OutboxCommand;
import dev.latchkey.profile.importing.ImportCommand;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the arguments of the program ask for. */
sealed interface CommandLine {
    /** Known before any bean is made, so that a typing mistake opens no database. */
    Map<String, Class<? extends Command>> COMMANDS =
            Map.of("import", ImportCommand.class, "outbox", OutboxCommand.class);

    /** Those that work on the one file that is named. */
    Set<String> OF_A_FILE = Set.of("import", "plugin");

    List<String> HELP = List.of("help", "-h", "-help", "--help");

    String USAGE = """
            usage: java -jar latchkey.jar                    serves
                   java -jar latchkey.jar import users.csv   adds existing users (columns email, name, locale, pin)
                   java -jar latchkey.jar outbox             shows mails that wait or were given up
                   java -jar latchkey.jar outbox retry <id>... | --all
                                                             sends mails again that were given up
                   java -jar latchkey.jar plugin out.zip     writes the plugin that assistants install
                   java -jar latchkey.jar --version          prints the version
                   java -jar latchkey.jar --help             prints this
            Settings come from the environment; docs/configuration.md lists them.
            MICRONAUT_ENVIRONMENTS=dev java -jar latchkey.jar  tries it out: an inbox, a demo account, nothing to set.
            """;

    /**
     * Serve.
     *
     * @param options settings as {@code -name=value}, which win over the environment
     */
    record Serve(String... options) implements CommandLine {}

    /** Run a command with what follows its name. */
    record Run(Class<? extends Command> command, List<String> arguments) implements CommandLine {}

    /** Write the plugin, for which neither data nor beans are needed. */
    record Plugin(List<String> arguments) implements CommandLine {}

    /** Print how to call the program. */
    record Help() implements CommandLine {}

    /** Print which version it is. */
    record Version() implements CommandLine {}

    /** A command with arguments that make no sense, or a word that is no command. */
    record Misused(String why) implements CommandLine {}

    static CommandLine parse(String... arguments) {
        if (arguments.length == 0) {
            return new Serve();
        }
        String first = arguments[0];
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        if (HELP.contains(first)) {
            return new Help();
        }
        if (List.of("version", "-version", "--version").contains(first)) {
            return new Version();
        }
        if (first.startsWith("-")) {
            return new Serve(arguments);
        }
        return command(first, rest);
    }

    private static CommandLine command(String name, List<String> arguments) {
        Class<? extends Command> command = COMMANDS.get(name);
        if (command == null && !name.equals("plugin")) {
            return new Misused("There is no command \"" + name + "\".");
        }
        if (arguments.stream().anyMatch(HELP::contains)) {
            return new Help();
        }
        if (OF_A_FILE.contains(name) && arguments.size() != 1) {
            return new Misused("The command \"" + name + "\" takes the name of one file.");
        }
        return command == null ? new Plugin(arguments) : new Run(command, arguments);
    }
}
