package dev.latchkey.api.mcp;

import dev.latchkey.assistant.ProfileFacts;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.OwnProfiles;
import jakarta.inject.Singleton;

/** Tells what whoever is signed in shows of themselves. */
@Singleton
final class MyProfileTool implements McpTool {
    private final OwnProfiles profiles;
    private final PhotoUrls photos;

    MyProfileTool(OwnProfiles profiles, PhotoUrls photos) {
        this.profiles = profiles;
        this.photos = photos;
    }

    @Override
    public String name() {
        return "get_my_profile";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        return profiles.find(call.requireGrant().account().id())
                .map(view -> ToolAnswer.of(ProfileFacts.of(view, photos)))
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.USER_NOT_FOUND)));
    }

    @Override
    public String unavailable() {
        return "read.unavailable";
    }
}
