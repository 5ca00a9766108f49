package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.profile.proposal.Proposal;
import jakarta.inject.Singleton;

/** Mails a link for whoever is named. */
@Singleton
final class RequestLinkTool implements McpTool {
    private static final String NUMBER = "profile_number";

    private final AssistantLinks links;
    private final Drafts drafts;

    RequestLinkTool(AssistantLinks links, Drafts drafts) {
        this.links = links;
        this.drafts = drafts;
    }

    @Override
    public String name() {
        return "request_profile_edit_link";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        JsonFields arguments = call.arguments();
        Proposal draft = drafts.fields(arguments);
        Caller caller = Caller.mcp(call.address());
        if (drafts.hasPhoto(arguments)) {
            // Nobody without a key has us fetch and decode more than what they may ask for.
            caller = links.count(caller);
            draft = drafts.withPhoto(draft, arguments, caller);
        }
        return ToolAnswer.of(links.request(
                arguments.string("email"), arguments.digits(NUMBER), NUMBER, caller, UnknownUser.CONCEAL, draft));
    }
}
