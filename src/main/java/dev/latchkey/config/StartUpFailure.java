package dev.latchkey.config;

import io.micronaut.context.exceptions.ConfigurationException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Explains in one line why a start failed, where the reason lies in the settings or around the server. */
public final class StartUpFailure {
    private static final String DATABASE_VARIABLE = "DATASOURCES_DEFAULT_URL";

    private StartUpFailure() {}

    /** {@code VARIABLE: what is wrong. What to do.} Empty when the mistake is ours and needs a stack trace. */
    public static Optional<String> explain(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.reversed().stream()
                .map(StartUpFailure::finding)
                .flatMap(Optional::stream)
                .findFirst()
                .map(ConfigurationError::toString);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        @Nullable Throwable cause = failure;
        while (cause != null && !causes.contains(cause)) {
            causes.add(cause);
            cause = cause.getCause();
        }
        return causes;
    }

    private static Optional<ConfigurationError> finding(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case SocketException e -> isDatabase(e) ? null : port(e);
                    case SQLException e -> refusesLogin(e) ? login(e) : database(e);
                    case FlywayException e ->
                        new ConfigurationError(
                                DATABASE_VARIABLE,
                                "the schema does not fit this version (" + firstLine(e) + ")",
                                "Start the version that fits, or restore a backup");
                    case UnusableSetting e -> e.finding();
                    case ConfigurationException e ->
                        new ConfigurationError("configuration", firstLine(e), "See docs/configuration.md");
                    default -> null;
                });
    }

    private static ConfigurationError port(SocketException cause) {
        return new ConfigurationError(
                "MICRONAUT_SERVER_PORT",
                "the port cannot be opened (" + firstLine(cause) + ")",
                "Stop what uses it, or choose another port");
    }

    private static ConfigurationError login(SQLException cause) {
        return new ConfigurationError(
                "DATASOURCES_DEFAULT_USERNAME",
                "the database refuses this user (" + firstLine(cause) + ")",
                "Correct it and DATASOURCES_DEFAULT_PASSWORD");
    }

    private static ConfigurationError database(SQLException cause) {
        return new ConfigurationError(
                DATABASE_VARIABLE,
                "the database cannot be used (" + firstLine(cause) + ")",
                "Check the address and that the database runs");
    }

    /** The driver of the database fails with the same type when nobody listens at its address. */
    private static boolean isDatabase(SocketException exception) {
        for (StackTraceElement frame : exception.getStackTrace()) {
            if (frame.getClassName().startsWith("org.postgresql.")) {
                return true;
            }
        }
        return false;
    }

    private static boolean refusesLogin(SQLException exception) {
        String state = exception.getSQLState();
        return state != null && state.startsWith("28");
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
    }
}
