package dev.latchkey.magiclink;

import java.util.List;
import java.util.UUID;

/**
 * How far a request has come, without anything that opens an account or tells what is in it.
 *
 * @param requestId the request
 * @param purpose what its link opens
 * @param state where it stands now
 * @param matchPhrase its two words
 * @param changed names of the fields that were saved
 */
public record LinkStatus(
        UUID requestId, LinkPurpose purpose, LinkState state, String matchPhrase, List<String> changed) {}
