package dev.latchkey.web.account;

import dev.latchkey.http.Forms.Form;
import dev.latchkey.membership.AssistantChoice;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.upgrade.UpgradeOutcome;
import dev.latchkey.profile.upgrade.UpgradeService;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Texts;
import dev.latchkey.web.edit.Standing;
import dev.latchkey.web.session.OwnForms;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The account at a glance, or the page where one signs in; and the way to PRO. */
@Controller("/account")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController {
    private final SignedInBrowsers browsers;
    private final OwnProfiles profiles;
    private final UpgradeService upgrades;
    private final AssistantChoice assistants;
    private final OwnForms forms;
    private final PhotoUrls photos;
    private final Texts texts;
    private final AccountPages pages;
    private final SignInPages signInPages;

    AccountController(
            SignedInBrowsers browsers,
            OwnProfiles profiles,
            UpgradeService upgrades,
            AssistantChoice assistants,
            OwnForms forms,
            PhotoUrls photos,
            @Named("messages") Texts texts,
            AccountPages pages,
            SignInPages signInPages) {
        this.browsers = browsers;
        this.profiles = profiles;
        this.upgrades = upgrades;
        this.assistants = assistants;
        this.forms = forms;
        this.photos = photos;
        this.texts = texts;
        this.pages = pages;
        this.signInPages = signInPages;
    }

    /** @param to where whoever signs in goes on to, if not to the overview */
    @Get("{?to}")
    HttpResponse<?> show(HttpRequest<?> request, @Nullable @QueryValue String to) {
        Optional<PageSession> session = browsers.find(request);
        return session.isPresent()
                ? overview(request, session.get(), HttpStatus.OK, "overview")
                : signInPages.empty(SignInPages.leadsToProfile(to));
    }

    @Get("/upgrade")
    HttpResponse<?> showUpgrade(HttpRequest<?> request, PageSession session) {
        return overview(request, session, HttpStatus.OK, "upgrade");
    }

    @Post("/upgrade")
    @Consumes(MediaType.ALL)
    HttpResponse<?> upgrade(HttpRequest<?> request, PageSession session) {
        forms.check(request, session);
        return switch (upgrades.upgrade(session.accountId())) {
            case UpgradeOutcome.Pro done -> HttpResponse.seeOther(SignInController.ACCOUNT);
            case UpgradeOutcome.Gone gone -> HttpResponse.seeOther(SignInController.ACCOUNT);
            case UpgradeOutcome.Missing missing -> overview(request, session, HttpStatus.CONFLICT, "upgrade");
        };
    }

    /** Whether assistants may ask for links. */
    @Post("/assistants")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> letAssistantsAsk(HttpRequest<?> request, PageSession session) {
        try (Form form = forms.read(request, session)) {
            String choice = form.text("assistants");
            if ("on".equals(choice) || "off".equals(choice)) {
                assistants.choose(session, "on".equals(choice));
            }
        }
        return HttpResponse.seeOther(SignInController.ACCOUNT);
    }

    private HttpResponse<?> overview(HttpRequest<?> request, PageSession session, HttpStatus status, String view) {
        Optional<ProfileView> found = profiles.find(session.accountId());
        if (found.isEmpty()) {
            return HttpResponse.seeOther(SignInController.ACCOUNT);
        }
        ProfileView mine = found.get();
        Locale locale = pages.speakTo(request, session);
        return pages.show(
                request,
                session,
                status,
                view,
                "email",
                mine.account().email().value(),
                "verified",
                mine.account().verified(),
                "pin",
                Integer.toString(mine.account().pin()),
                "standing",
                Standing.of(mine, false, texts, locale),
                "unreachable",
                MailboxController.why(mine.account(), texts, locale).orElse(null),
                "assistants",
                mine.account().assistants(),
                "name",
                mine.profile().name(),
                "photoUrl",
                photos.onPageOrNull(mine.profile().photoHash()));
    }
}
