package dev.latchkey;

import dev.latchkey.config.Command;
import dev.latchkey.mail.OutboxCommand;
import dev.latchkey.profile.importing.ImportCommand;
import java.util.List;
import java.util.Map;

/** What the arguments of the program ask for. */
sealed interface CommandLine {
    /** Known before any bean is made, so that a typing mistake opens no database. */
    Map<String, Class<? extends Command>> COMMANDS =
            Map.of("import", ImportCommand.class, "outbox", OutboxCommand.class);

    String USAGE = """
            usage: java -jar latchkey.jar                    serves
                   java -jar latchkey.jar import users.csv   adds existing users (columns email, name, locale, pin)
                   java -jar latchkey.jar outbox             shows mails that wait or were given up
                   java -jar latchkey.jar outbox retry <id>... | --all
                                                             sends mails again that were given up
                   java -jar latchkey.jar plugin out.zip     writes the plugin that assistants install
                   java -jar latchkey.jar help               prints this
            Settings come from the environment; docs/configuration.md lists them.
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

    /** A word that is no command. */
    record Unknown(String name) implements CommandLine {}

    static CommandLine parse(String... arguments) {
        if (arguments.length == 0) {
            return new Serve();
        }
        String first = arguments[0];
        if (List.of("help", "-h", "-help", "--help").contains(first)) {
            return new Help();
        }
        if (first.startsWith("-")) {
            return new Serve(arguments);
        }
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        if (first.equals("plugin")) {
            return new Plugin(rest);
        }
        Class<? extends Command> command = COMMANDS.get(first);
        return command == null ? new Unknown(first) : new Run(command, rest);
    }
}
