package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.DraftCard;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.assistant.GrantDrafts;
import dev.latchkey.assistant.GrantDrafts.Drafted;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.oauth.Grant;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.profile.proposal.Proposal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Drafts a change for whoever is signed in: mailed to them, and shown on a card where a host has cards. */
@Singleton
final class ProposeTool implements McpTool {
    private static final String DRAFT = "latchkey/draft";

    private final GrantDrafts grantDrafts;
    private final Drafts drafts;
    private final AssistantLinks links;
    private final DraftCard card;

    ProposeTool(GrantDrafts grantDrafts, Drafts drafts, AssistantLinks links, DraftCard card) {
        this.grantDrafts = grantDrafts;
        this.drafts = drafts;
        this.links = links;
        this.card = card;
    }

    @Override
    public String name() {
        return "propose_profile_change";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        Grant grant = call.requireGrant();
        JsonFields arguments = call.arguments();
        Proposal proposal = drafts.allFields(arguments);
        Caller caller = GrantDrafts.callerOf(grant);
        if (drafts.hasPhoto(arguments)) {
            caller = links.count(caller);
            proposal = drafts.withPhoto(proposal, arguments, caller);
        }
        Drafted drafted = grantDrafts.propose(grant, proposal, caller);
        List<String> lines = card.fields(drafted).stream()
                .map(field -> line(field, grant.may(GrantScope.READ)))
                .toList();
        return new ToolAnswer.Facts(drafted.told(), lines, Map.of(DRAFT, card.of(drafted)));
    }

    /** What is stored is told to those alone that may read it. */
    private static String line(DraftCard.Field field, boolean mayRead) {
        String now = mayRead && !field.now().isEmpty() ? field.now() + " " : "";
        return field.label() + ": " + now + "→ " + field.proposed();
    }
}
