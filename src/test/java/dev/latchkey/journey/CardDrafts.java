package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drafts as the card gets them, answers as it gets them when it saves, and what there is on it. */
final class CardDrafts {
    static final String BIO = "I build bridges, mostly small ones, and I write about them on Sundays.";
    static final String OTHER_BIO = "I build bridges, mostly wooden ones, and I write about them on Sundays.";

    private static final Map<String, String> ARABIC = Map.of(
            "title", "تغييرات مقترحة على ملفك الشخصي",
            "lead", "لا يُحفظ شيء قبل أن تحفظه. أزل العلامة عمّا لا تريده.",
            "now", "الآن",
            "proposed", "المقترح",
            "none", "لا شيء",
            "photo", "الصورة",
            "save.few", "حفظ {0} تغييرات",
            "save.count", "{0, plural, other {حفظ # تغيير}}");

    static final ObjectMapper JSON = new ObjectMapper();

    private CardDrafts() {}

    static void card(Map<String, ?> options, BiConsumer<CardHost, Frame> doing) {
        try (CardHost host = new CardHost(CardHost.card(), plain())) {
            Map<String, Object> all = new HashMap<>(Map.of("result", result(draft())));
            all.putAll(options);
            Frame card = host.show(all);
            assertThat(status(card)).not().hasText("Waiting for the draft…");
            doing.accept(host, card);
        }
    }

    static NewContextOptions plain() {
        return new NewContextOptions().setViewportSize(420, 560).setLocale("en-GB");
    }

    static Locator save(Frame card) {
        return card.locator("#save");
    }

    static Locator status(Frame card) {
        return card.getByRole(AriaRole.STATUS);
    }

    static Frame.GetByLabelOptions exactly() {
        return new Frame.GetByLabelOptions().setExact(true);
    }

    static Map<String, Object> draft() {
        Map<String, Object> draft = new HashMap<>(Map.of(
                "requestId", "a-request",
                "version", 3,
                "key", "a-key",
                "language", "en",
                "direction", "ltr",
                "matchPhrase", "amber falcon",
                "photo", Map.of("now", picture(Photos.redBesideBlue()), "proposed", picture(Photos.portrait()))));
        draft.put(
                "fields",
                List.of(
                        field("name", "Name", "Ada Lovelace", ""),
                        field("nickname", "Nickname", null, "ada_king"),
                        field("locale", "Language", "English", "Brazilian Portuguese"),
                        field("bio", "Bio", BIO, OTHER_BIO)));
        return draft;
    }

    static Map<String, Object> draft(String language) {
        Map<String, Object> draft = draft();
        draft.put("language", language);
        draft.put("direction", language.equals("ar") ? "rtl" : "ltr");
        draft.put("texts", language.equals("de") ? texts("_de") : language.equals("ar") ? ARABIC : Map.of());
        return draft;
    }

    static Map<String, @Nullable String> field(
            String key, String label, @Nullable String now, @Nullable String proposed) {
        Map<String, @Nullable String> field = new HashMap<>();
        field.put("key", key);
        field.put("label", label);
        field.put("now", now);
        field.put("proposed", proposed);
        return field;
    }

    static String picture(byte[] photo) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(photo);
    }

    static Map<String, Object> result(Map<String, Object> draft) {
        Map<String, Object> result = new HashMap<>(success("status", "accepted"));
        result.put("_meta", Map.of("latchkey/draft", draft));
        return result;
    }

    static Map<String, Object> success(Object... facts) {
        return answer(false, facts);
    }

    static Map<String, Object> problem(String slug, List<?> errors) {
        return answer(
                true, "type", "/problems/" + slug, "detail", "It did not work, and here is why.", "errors", errors);
    }

    static Map<String, Object> answer(boolean isError, Object... facts) {
        Map<String, Object> structured = new HashMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            structured.put((String) facts[i], facts[i + 1]);
        }
        return Map.of(
                "content",
                List.of(Map.of("type", "text", "text", "For the model.")),
                "structuredContent",
                structured,
                "isError",
                isError);
    }

    /** The texts of the card, by the names under which it gets them. */
    static Map<String, String> texts(String suffix) {
        Properties bundle = new Properties();
        try (var reader =
                Files.newBufferedReader(Path.of("src/main/resources/i18n/assistant" + suffix + ".properties"))) {
            bundle.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundle.stringPropertyNames().stream()
                .filter(key -> key.startsWith("card."))
                .collect(Collectors.toMap(key -> key.substring("card.".length()), bundle::getProperty));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
