package dev.latchkey.magiclink;

import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The links that callers were told for somebody else's address. They are used up like links, and do nothing: whoever
 * follows one learns no more from it than whoever asked.
 */
@Singleton
public final class Decoys {
    private final LinkTokens tokens;
    private final DecoyLinks decoys;
    private final Clock clock;

    Decoys(LinkTokens tokens, DecoyLinks decoys, Clock clock) {
        this.tokens = tokens;
        this.decoys = decoys;
        this.clock = clock;
    }

    /** Whether a token looks as if it opened something. */
    public boolean opens(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose)
                .filter(id -> decoys.countOpen(id, clock.instant()) == 1)
                .isPresent();
    }

    /**
     * Uses a token up.
     *
     * @return false when it is no decoy, or is used up already
     */
    public boolean claim(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose)
                .filter(id -> decoys.claim(id, clock.instant()) == 1)
                .isPresent();
    }
}
