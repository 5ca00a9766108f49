package dev.latchkey.web.edit;

import dev.latchkey.account.Tier;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.upgrade.UpgradeOutcome;
import dev.latchkey.profile.upgrade.UpgradeService;
import dev.latchkey.text.Languages;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.ExistingPassphrase;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.function.Function;

/** Makes somebody PRO from behind their link, which stays as it is. */
@Controller("/edit/{token}/upgrade")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditUpgradeController {
    private final ProfileEdits edits;
    private final UpgradeService upgrades;
    private final Forms forms;
    private final UnsavedForms unsaved;
    private final Languages locales;

    EditUpgradeController(
            ProfileEdits edits, UpgradeService upgrades, Forms forms, UnsavedForms unsaved, Languages locales) {
        this.edits = edits;
        this.upgrades = upgrades;
        this.forms = forms;
        this.unsaved = unsaved;
        this.locales = locales;
    }

    /** Says that it is done; may be reloaded. */
    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return opened(request, token, loaded -> {
            if (loaded.view().account().tier() != Tier.PRO) {
                return form(token);
            }
            locales.follow(request, loaded.view().profile().locale());
            return Pages.show(HttpStatus.OK, "upgraded", "back", EditController.address(token));
        });
    }

    /** A form, or nothing at all for who has nothing to say but yes. */
    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> upgrade(HttpRequest<?> request, String token) {
        boolean keep = keepsPassphrase(request);
        return opened(request, token, loaded -> switch (upgrades.upgrade(loaded.link(), keep)) {
            case UpgradeOutcome.Pro done ->
                HttpResponse.seeOther(URI.create(EditController.address(token) + "/upgrade"));
            // The form says what is missing, and why a link opens nothing any more.
            case UpgradeOutcome.Missing missing -> form(token);
            case UpgradeOutcome.Gone gone -> form(token);
        });
    }

    private boolean keepsPassphrase(HttpRequest<?> request) {
        if (!forms.isForm(request)) {
            return false;
        }
        try (Form form = forms.form(request)) {
            return form.text("keepPassphrase") != null
                    || ExistingPassphrase.of(form).isKept();
        }
    }

    private HttpResponse<?> opened(
            HttpRequest<?> request, String token, Function<LoadOutcome.Loaded, HttpResponse<?>> page) {
        return switch (edits.load(token)) {
            case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal());
            case LoadOutcome.Loaded loaded -> page.apply(loaded);
        };
    }

    private static HttpResponse<?> form(String token) {
        return HttpResponse.seeOther(URI.create(EditController.address(token)));
    }
}
