package dev.latchkey.assistant;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The language of whoever's link it is or was: who holds its token is answered in it where they ask for no other. */
@Singleton
public final class OwnersLanguage {
    private final LinkRequestService links;
    private final PreferredLanguages languages;
    private final AssistantTexts texts;

    OwnersLanguage(LinkRequestService links, PreferredLanguages languages, AssistantTexts texts) {
        this.links = links;
        this.languages = languages;
        this.texts = texts;
    }

    public void speakAfter(HttpRequest<?> request, String token) {
        if (!texts.isLanguageAsked(request)) {
            links.ownerOf(token, LinkPurpose.EDIT_PROFILE).ifPresent(owner -> speakTo(request, owner));
        }
    }

    void speakTo(HttpRequest<?> request, @Nullable UUID owner) {
        if (owner != null && !texts.isLanguageAsked(request)) {
            languages.of(owner).ifPresent(language -> Languages.reveal(request, language.toLanguageTag()));
        }
    }
}
