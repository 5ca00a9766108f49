package dev.latchkey.config.checks;

import io.micronaut.context.exceptions.ConfigurationException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Explains in one line why a start failed, where the reason lies in the settings or around the server. */
public final class StartUpFailure {
    private static final String DATABASE = "datasources.default.url";

    private StartUpFailure() {}

    /** {@code VARIABLE: what is wrong. What to do.} Empty when the mistake is ours and needs a stack trace. */
    public static Optional<String> explain(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.reversed().stream()
                .flatMap(cause -> Stream.ofNullable(line(cause)))
                .findFirst();
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

    private static @Nullable String line(Throwable cause) {
        return switch (cause) {
            case SocketException e ->
                isDatabase(e)
                        ? null
                        : SettingKey.line(
                                "micronaut.server.port",
                                "the port cannot be opened (" + firstLine(e) + ")",
                                "Stop what uses it, or choose another port");
            case SQLException e ->
                refusesLogin(e)
                        ? SettingKey.line(
                                "datasources.default.username",
                                "the database refuses this user (" + firstLine(e) + ")",
                                "Correct it and DATASOURCES_DEFAULT_PASSWORD")
                        : SettingKey.line(
                                DATABASE,
                                "the database cannot be used (" + firstLine(e) + ")",
                                "Check the address and that the database runs");
            case FlywayException e ->
                SettingKey.line(
                        DATABASE,
                        "the schema does not fit this version (" + firstLine(e) + ")",
                        "Start the version that fits, or restore a backup");
            case UnusableSetting e -> e.getMessage();
            case ConfigurationException e -> "configuration: " + firstLine(e) + ". See docs/configuration.md.";
            default -> null;
        };
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
