package dev.latchkey.config;

import java.util.List;

/**
 * Work that an operator starts on the command line instead of the server. Its context has all beans, but no port is
 * opened.
 */
public interface Command {

    /**
     * Does the work; standard output is for its results, standard error for its complaints.
     *
     * @param arguments what follows the name of the command
     * @return the exit code: 0 when all went well, 1 when not, 2 when the arguments make no sense
     */
    int run(List<String> arguments);
}
