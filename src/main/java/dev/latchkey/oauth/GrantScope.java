package dev.latchkey.oauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an assistant may be allowed. None of it writes: only its owner's own click changes a profile. */
public enum GrantScope {
    READ("profile:read"),
    PROPOSE("profile:propose"),
    /** To go on without being asked again each hour: a refresh token. */
    OFFLINE("offline_access");

    private final String value;

    GrantScope(String value) {
        this.value = value;
    }

    /** As the protocol spells it. */
    public String value() {
        return value;
    }

    /** The scope of this spelling. */
    public static Optional<GrantScope> of(String value) {
        return Arrays.stream(values())
                .filter(scope -> scope.value.equals(value))
                .findFirst();
    }

    /** Several, in their order and separated by spaces. */
    public static String text(Collection<GrantScope> scopes) {
        return Arrays.stream(values())
                .filter(scopes::contains)
                .map(GrantScope::value)
                .collect(Collectors.joining(" "));
    }

    /** Those that are known among several, which are separated by spaces. */
    public static Set<GrantScope> parse(String text) {
        Set<GrantScope> scopes = EnumSet.noneOf(GrantScope.class);
        for (String value : text.split(" ")) {
            of(value).ifPresent(scopes::add);
        }
        return scopes;
    }
}
