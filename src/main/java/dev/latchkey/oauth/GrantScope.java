package dev.latchkey.oauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an assistant may be allowed. None of it writes: only its owner's own click changes a profile. */
public enum GrantScope {
    READ("profile:read", 1),
    PROPOSE("profile:propose", 2),
    /** To go on without being asked again each hour: a refresh token. */
    OFFLINE("offline_access", 4);

    private final String value;
    private final int bit;

    GrantScope(String value, int bit) {
        this.value = value;
        this.bit = bit;
    }

    /** What stands for it in a token. */
    int bit() {
        return bit;
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
        for (String value : text.split(" ", -1)) {
            of(value).ifPresent(scopes::add);
        }
        return scopes;
    }
}
