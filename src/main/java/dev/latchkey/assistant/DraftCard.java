package dev.latchkey.assistant;

import dev.latchkey.assistant.GrantDrafts.Drafted;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ProfileField;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.awt.ComponentOrientation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the card shows of a draft, "now → proposed", and what it saves it with. No model is told any of it. */
@Singleton
public final class DraftCard {
    private final AssistantTexts texts;
    private final Photos photos;

    DraftCard(AssistantTexts texts, Photos photos) {
        this.texts = texts;
        this.photos = photos;
    }

    /** Everything that the card needs, in the language of the call at hand. */
    public Map<String, Object> of(Drafted draft) {
        Locale language = texts.language();
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("requestId", draft.told().requestId());
        card.put("version", draft.seen().profile().version());
        card.put("key", draft.key());
        card.put("matchPhrase", draft.told().matchPhrase());
        card.put("language", language.toLanguageTag());
        card.put("direction", ComponentOrientation.getOrientation(language).isLeftToRight() ? "ltr" : "rtl");
        card.put("texts", words(draft));
        card.put("fields", fields(draft));
        byte[] proposed = draft.proposal().photo();
        if (proposed != null) {
            Map<String, Object> photo = new LinkedHashMap<>();
            Optional.ofNullable(draft.seen().profile().photoHash())
                    .flatMap(photos::find)
                    .map(Photo::jpeg)
                    .ifPresent(jpeg -> photo.put("now", address(jpeg)));
            photo.put("proposed", address(proposed));
            card.put("photo", photo);
        }
        return card;
    }

    /** Nobody is mailed at an address that was never confirmed, so the card does not announce it. */
    private Map<String, String> words(Drafted draft) {
        Map<String, String> words = new LinkedHashMap<>(texts.under("card."));
        if (!draft.seen().account().verified()) {
            words.put("saved.mail", "");
        }
        return words;
    }

    /** The texts among the fields, as people read them. */
    public List<Field> fields(Drafted draft) {
        List<Field> fields = new ArrayList<>();
        for (ProfileField field : ProfileField.TEXTS) {
            String proposed = draft.proposal().texts().get(field);
            if (proposed != null) {
                String now = draft.seen().profile().values().getOrDefault(field, "");
                fields.add(new Field(
                        field.key(), texts.fields(List.of(field.key())), words(field, now), words(field, proposed)));
            }
        }
        return fields;
    }

    /** Languages by their names. */
    private String words(ProfileField field, String value) {
        return field == ProfileField.LOCALE && !value.isEmpty()
                ? Locale.forLanguageTag(value).getDisplayName(texts.language())
                : value;
    }

    private static String address(byte[] jpeg) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    }

    /**
     * One line of it.
     *
     * @param now what is stored; empty when nothing is
     */
    @Serdeable
    public record Field(String key, String label, String now, String proposed) {}
}
