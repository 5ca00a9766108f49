package dev.latchkey.web.site;

import dev.latchkey.http.Forms;
import dev.latchkey.http.Views;
import dev.latchkey.text.Languages;
import dev.latchkey.web.session.OwnCookies;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The switcher in the foot of each page, and what it does: a browser remembers the language for a year. It is no secret and
 * opens nothing, so a form of another site could do no more than change the words.
 *
 * <p>A page in the language of a profile has none, as that language is changed in the profile; nor has an answer to a form,
 * as reading it anew in another language would lose what was typed.
 */
@Controller
final class LanguageController implements Views.Frame {
    private static final Duration REMEMBERED = Duration.ofDays(365);
    private static final URI HOME = URI.create("/");

    private final Forms forms;
    private final Languages languages;
    private final OwnCookies cookies;
    /** Named when the first page asks for them, as the start has no time for it. */
    private final Supplier<List<Choice>> choices;

    LanguageController(Forms forms, Languages languages, OwnCookies cookies) {
        this.forms = forms;
        this.languages = languages;
        this.cookies = cookies;
        choices = SupplierUtil.memoized(() -> languages.spoken().stream()
                .map(locale -> new Choice(locale.toLanguageTag(), locale.getDisplayName(locale)))
                .toList());
    }

    /** Shows the page again, in the chosen language; what is none of ours changes nothing. */
    @Post("/language")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> choose(HttpRequest<?> request) {
        try (Forms.Form form = forms.form(request)) {
            HttpResponse<?> back = HttpResponse.seeOther(page(form.text("page")));
            return choices.get().stream()
                    .map(Choice::tag)
                    .filter(tag -> tag.equals(form.text("language")))
                    .findFirst()
                    .<HttpResponse<?>>map(tag -> back.toMutableResponse()
                            .cookie(cookies.of(Languages.CHOSEN, tag).maxAge(REMEMBERED)))
                    .orElse(back);
        }
    }

    @Override
    public void add(HttpRequest<?> request, Map<String, Object> model) {
        if (request.getMethod() == HttpMethod.GET && !languages.isFollowed(request)) {
            model.put("languageChoices", choices.get());
            model.put("languagePage", request.getUri().toString());
        }
    }

    /** An address of this server, and nothing that a browser could take for another one's. */
    private static URI page(@Nullable String page) {
        try {
            return page == null || !page.startsWith("/") || page.startsWith("//") ? HOME : new URI(page);
        } catch (URISyntaxException e) {
            return HOME;
        }
    }

    /** A language by its own name. */
    public record Choice(String tag, String name) {}
}
