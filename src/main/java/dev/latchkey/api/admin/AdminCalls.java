package dev.latchkey.api.admin;

import dev.latchkey.http.AdminPort;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.WholeNumbers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What calls of operators have in common: the key, what a listing takes, and that no answer is kept. */
@Singleton
@OnAdminPort
final class AdminCalls {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    private final AdminPort port;

    AdminCalls(AdminPort port) {
        this.port = port;
    }

    /** Who asks, as their key is called. Every other port, and every other caller, is refused. */
    String operator(HttpRequest<?> request) {
        if (!port.carries(request)) {
            throw new ProblemException(Problem.of(ProblemType.NOT_FOUND));
        }
        return port.operator(request).orElseThrow(() -> new ProblemException(Problem.of(ProblemType.UNAUTHORIZED)));
    }

    /** Refuses parameters that this listing does not take, as a misspelt one would show everything in silence. */
    void takes(HttpRequest<?> request, String... known) {
        Set<String> names = Set.of(known);
        request.getParameters().names().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid(
                            name, "There is no parameter " + name + " here, only " + String.join(", ", known) + ".");
                });
    }

    /** A parameter that may be given once; empty where it is not given, or blank. */
    Optional<String> parameter(HttpRequest<?> request, String name) {
        List<String> given = request.getParameters().getAll(name);
        if (given.size() > 1) {
            throw invalid(name, "The parameter " + name + " may be given once.");
        }
        return given.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A parameter that holds an id. */
    Optional<UUID> id(HttpRequest<?> request, String name) {
        return parameter(request, name)
                .map(value -> idOf(value)
                        .orElseThrow(() -> invalid(name, "The parameter " + name + " must be an id, a UUID.")));
    }

    /** A parameter that holds one of some words. */
    <E extends Enum<E>> Optional<E> word(HttpRequest<?> request, String name, Class<E> words) {
        return parameter(request, name)
                .map(value -> Arrays.stream(words.getEnumConstants())
                        .filter(word -> key(word).equals(value))
                        .findFirst()
                        .orElseThrow(() -> invalid(
                                name,
                                "The parameter " + name + " must be one of "
                                        + Arrays.stream(words.getEnumConstants())
                                                .map(AdminCalls::key)
                                                .collect(Collectors.joining(", "))
                                        + ".")));
    }

    /** How many entries are wanted. */
    int limit(HttpRequest<?> request) {
        String value = parameter(request, "limit").orElse(String.valueOf(USUAL));
        long limit = WholeNumbers.parse(value).orElse(0);
        if (limit < 1 || limit > MOST) {
            throw invalid("limit", "The parameter limit must be a whole number from 1 to " + MOST + ".");
        }
        return (int) limit;
    }

    /** An id in an address; what is none names nothing. */
    UUID named(String id, String what) {
        return idOf(id).orElseThrow(() -> unknown(what));
    }

    /** There is no such thing. */
    static ProblemException unknown(String what) {
        return new ProblemException(Problem.of(
                what.equals("account") ? ProblemType.USER_NOT_FOUND : ProblemType.NOT_FOUND,
                "There is no " + what + " with this id."));
    }

    static ProblemException invalid(String name, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, name, detail));
    }

    static <T> MutableHttpResponse<T> ok(T body) {
        return HttpResponse.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** As it is written for programs. */
    static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Only as ids are written: the JDK reads shorter ones as well. */
    private static Optional<UUID> idOf(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
