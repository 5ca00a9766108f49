package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.profile.proposal.Proposal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Mails a link for whoever is named. */
@Singleton
final class RequestLinkTool implements McpTool {
    private static final String NUMBER = "profile_number";

    private final AssistantLinks links;
    private final Drafts drafts;
    private final AddressForm form;

    RequestLinkTool(AssistantLinks links, Drafts drafts, AddressForm form) {
        this.links = links;
        this.drafts = drafts;
        this.form = form;
    }

    @Override
    public String name() {
        return "request_profile_edit_link";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        JsonFields arguments = call.arguments();
        String email = arguments.string("email");
        String number = arguments.digits(NUMBER);
        // What cannot be kept is said before anybody is asked anything.
        Proposal draft = drafts.fields(arguments);
        if (isMissing(email) && isMissing(number)) {
            switch (form.ask(call)) {
                case AddressForm.Outcome.Given given -> email = given.email();
                case AddressForm.Outcome.Asked asked -> {
                    return asked.form();
                }
                case AddressForm.Outcome.NoForms none -> {
                    // The model is told to ask.
                }
            }
        }
        Caller caller = Caller.mcp(call.address());
        if (drafts.hasPhoto(arguments)) {
            // Nobody without a key has us fetch and decode more than what they may ask for.
            caller = links.count(caller);
            draft = drafts.withPhoto(draft, arguments, caller);
        }
        return ToolAnswer.of(links.request(email, number, NUMBER, caller, UnknownUser.CONCEAL, draft));
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
