package dev.latchkey.assistant;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.database.BestEffort;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a token opens nothing, to whoever held one that did in the language of its account, where they ask for no
 * other.
 */
@Singleton
public final class DeadLinks {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLinks.class);

    private final LinkInspector links;
    private final PreferredLanguages languages;
    private final AssistantTexts texts;

    DeadLinks(LinkInspector links, PreferredLanguages languages, AssistantTexts texts) {
        this.links = links;
        this.languages = languages;
        this.texts = texts;
    }

    /** Lets what is refused before the token is looked at be told in the language of whoever's link it is or was. */
    public void speakAfter(HttpRequest<?> request, String token) {
        if (!texts.isLanguageAsked(request)) {
            speakTo(request, links.ownerOf(token, LinkPurpose.EDIT_PROFILE).orElse(null));
        }
    }

    /** Lets the answer be told in the language of an account, unless its caller asked for one. */
    public void speakTo(HttpRequest<?> request, @Nullable UUID owner) {
        if (owner != null && !texts.isLanguageAsked(request)) {
            BestEffort.tried(
                    LOG,
                    "An answer cannot be told in the language of its account",
                    () -> languages
                            .of(owner)
                            .ifPresent(language -> Languages.reveal(request, language.toLanguageTag())));
        }
    }

    /** Why a link that edits opens nothing. */
    public Problem problemOf(HttpRequest<?> request, Inspection.Refused refusal) {
        return problemOf(request, refusal, "link");
    }

    /**
     * Why a link opens nothing.
     *
     * @param words what the texts for it begin with
     */
    public Problem problemOf(HttpRequest<?> request, Inspection.Refused refusal, String words) {
        speakTo(request, refusal.accountId());
        return problemOf(refusal, words);
    }

    /** The same, in the language of the call at hand. */
    public Problem problemOf(Inspection.Refused refusal, String words) {
        return switch (refusal.reason()) {
            case UNKNOWN -> Problem.of(ProblemType.LINK_UNKNOWN, texts.text(words + ".unknown"));
            case EXPIRED -> Problem.of(ProblemType.LINK_EXPIRED, texts.text(words + ".expired"));
            case REVOKED -> Problem.of(ProblemType.LINK_REVOKED, texts.text(words + ".revoked"));
            case USED -> {
                Instant when = Objects.requireNonNull(refusal.since()).truncatedTo(ChronoUnit.SECONDS);
                yield Problem.of(ProblemType.LINK_USED, texts.text(words + ".used", when))
                        .with("usedAt", when.toString());
            }
        };
    }
}
