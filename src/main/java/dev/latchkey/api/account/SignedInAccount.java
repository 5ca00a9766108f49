package dev.latchkey.api.account;

import dev.latchkey.profile.ProfileView;
import java.util.UUID;

/**
 * Who calls, proved by a bearer token.
 *
 * @param view account and profile as they were when the call began
 * @param tokenId the token's name
 */
record SignedInAccount(ProfileView view, UUID tokenId) {}
