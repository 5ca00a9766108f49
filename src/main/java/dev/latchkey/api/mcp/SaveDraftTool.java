package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.assistant.GrantDrafts;
import dev.latchkey.assistant.SaveProblems;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Saves a draft by its owner's click on the card; hosts show it to no model. */
@Singleton
final class SaveDraftTool implements McpTool {
    private static final String FIELDS = "fields";

    private final GrantDrafts drafts;
    private final SaveProblems problems;
    private final DeadLinks deadLinks;
    private final AssistantTexts texts;

    SaveDraftTool(GrantDrafts drafts, SaveProblems problems, DeadLinks deadLinks, AssistantTexts texts) {
        this.drafts = drafts;
        this.problems = problems;
        this.deadLinks = deadLinks;
        this.texts = texts;
    }

    @Override
    public String name() {
        return "save_profile_draft";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        JsonFields arguments = call.arguments();
        UUID requestId = uuid(arguments.string("requestId"));
        Long version = arguments.integer("version");
        String key = arguments.string("key");
        if (requestId == null || version == null || key == null) {
            throw refused(ProblemType.INVALID_REQUEST, texts.text("draft.missing"));
        }
        return switch (drafts.save(call.requireGrant(), requestId, version, key, fields(arguments))) {
            case SaveOutcome.Saved saved ->
                ToolAnswer.of(new Answer(
                        "saved", saved.changed().stream().map(ProfileField::key).toList()));
            case SaveOutcome.Unchanged unchanged -> ToolAnswer.of(new Answer("unchanged", List.of()));
            case SaveOutcome.LinkRefused dead ->
                throw new ProblemException(deadLinks.problemOf(dead.refusal(), "draft"));
            case SaveOutcome.VersionConflict conflict ->
                throw refused(
                        ProblemType.VERSION_CONFLICT,
                        texts.text("draft.conflict", conflict.link().matchPhrase()));
            case ChangeRefused kept -> throw new ProblemException(problems.of(kept));
        };
    }

    /** None stands for all; an empty list is none that anybody ticked. */
    private Set<ProfileField> fields(JsonFields arguments) {
        Set<ProfileField> fields = EnumSet.noneOf(ProfileField.class);
        if (!arguments.has(FIELDS)) {
            return fields;
        }
        if (!(arguments.value(FIELDS) instanceof JsonNode list) || !list.isArray() || list.size() == 0) {
            throw refused(ProblemType.INVALID_REQUEST, texts.text("draft.fields"));
        }
        for (JsonNode name : list.values()) {
            fields.add(ProfileField.ofKey(name.isString() ? name.getStringValue() : "")
                    .orElseThrow(() -> refused(ProblemType.INVALID_REQUEST, texts.text("draft.fields"))));
        }
        return fields;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static ProblemException refused(ProblemType type, String sentence) {
        return new ProblemException(Problem.of(type, sentence));
    }

    @Override
    public String unavailable() {
        return "save.unavailable";
    }

    @Override
    public boolean isForPrograms() {
        return true;
    }

    /**
     * What became of it.
     *
     * @param changed names of the fields that were saved, never their values
     */
    @Serdeable
    record Answer(String status, List<String> changed) {}
}
