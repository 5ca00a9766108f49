package dev.latchkey.web;

import dev.latchkey.account.Account;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.http.Problem;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.proposal.Proposals;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together the edit page in each of its states. */
@Singleton
final class EditPages {
    private final Texts texts;
    private final Languages locales;
    private final LanguageChoices languages;
    private final PhotoUrls photoUrls;
    private final BaseUrl baseUrl;
    private final Proposals proposals;

    EditPages(
            @Named("messages") Texts texts,
            Languages locales,
            LanguageChoices languages,
            PhotoUrls photoUrls,
            BaseUrl baseUrl,
            Proposals proposals) {
        this.texts = texts;
        this.locales = locales;
        this.languages = languages;
        this.photoUrls = photoUrls;
        this.baseUrl = baseUrl;
        this.proposals = proposals;
    }

    /** The form with what is stored. */
    MutableHttpResponse<?> stored(HttpRequest<?> request, String token, LoadOutcome.Loaded loaded) {
        return show(
                request, page(request, token, loaded, EditForm.of(loaded.view().profile()), null));
    }

    /** The form with what is stored, saying that nothing was saved: all of it is stored already, or nothing was ticked. */
    MutableHttpResponse<?> unchanged(HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, EditForm typed) {
        Profile stored = loaded.view().profile();
        EditPage page = page(request, token, loaded, EditForm.of(stored), typed.over(stored));
        Collection<ProposedField> proposals = page.proposals().values();
        EditPage.Notice notice;
        if (proposals.stream().noneMatch(ProposedField::waiting)) {
            notice = EditPage.Notice.UNCHANGED;
        } else if (proposals.stream().noneMatch(ProposedField::accepted)) {
            notice = EditPage.Notice.UNTICKED;
        } else {
            notice = EditPage.Notice.PARTLY_TICKED;
        }
        return show(request, page.saying(notice));
    }

    /** The form with what was typed, saying what is wrong with it. */
    MutableHttpResponse<?> refused(
            HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, EditForm typed, ChangeRefused why) {
        Map<ProfileField, String> wrong = new EnumMap<>(ProfileField.class);
        Duration wait = null;
        switch (why) {
            case ChangeRefused.InvalidFields invalid ->
                invalid.fields().forEach(field -> wrong.put(field.field(), key(field.reason())));
            case ChangeRefused.PhotoRefused photo -> wrong.put(ProfileField.PHOTO, key(photo.reason()));
            case ChangeRefused.TooManyUploads many -> {
                wrong.put(ProfileField.PHOTO, "too-many");
                wait = many.retryAfter();
            }
        }
        MutableHttpResponse<?> page =
                show(request, page(request, token, loaded, typed, typed).refusing(wrong));
        // Rounded up, as somebody who comes a moment too early is refused again.
        return wait == null
                ? page
                : page.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(Problem.seconds(wait)));
    }

    /** The form with what was typed beside what somebody else stored meanwhile, in the fields that both changed. */
    MutableHttpResponse<?> conflict(
            HttpRequest<?> request, String token, SaveOutcome.VersionConflict conflict, EditForm typed) {
        Profile stored = conflict.current().profile();
        EditForm merged = typed.over(stored);
        Map<ProfileField, String> now = stored.values();
        now.keySet().retainAll(conflict.fields());
        LoadOutcome.Loaded loaded = new LoadOutcome.Loaded(conflict.link(), conflict.current());
        return show(request, page(request, token, loaded, merged, merged).beside(now));
    }

    /** The form with what was typed, save the nickname, which is our idea; nothing is stored. */
    MutableHttpResponse<?> suggested(
            HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, EditForm typed, String nickname) {
        return show(request, page(request, token, loaded, typed, typed).suggesting(nickname));
    }

    /**
     * The form with what was typed, which cannot be saved just now.
     *
     * @param unknown whether it may have been saved all the same
     */
    MutableHttpResponse<?> unavailable(
            HttpRequest<?> request,
            String token,
            LoadOutcome.@Nullable Loaded loaded,
            EditForm typed,
            boolean unknown) {
        EditPage page = loaded == null
                ? EditPage.of(EditPage.Link.unknown(EditController.address(token)), typed, ProposedField.of(typed))
                : page(request, token, loaded, typed, typed);
        return show(request, page.saying(unknown ? EditPage.Notice.UNKNOWN : EditPage.Notice.UNAVAILABLE))
                .header(HttpHeaders.RETRY_AFTER, "5");
    }

    static String key(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The page as it starts out.
     *
     * @param form what it shows
     * @param typed what was sent, also about the proposals; absent when nothing was
     */
    private EditPage page(
            HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, EditForm form, @Nullable EditForm typed) {
        ProfileView view = loaded.view();
        locales.follow(request, view.profile().locale());
        Account account = view.account();
        Locale locale = locales.resolveOrDefault(request);
        EditPage.Link link = new EditPage.Link(
                EditController.address(token),
                account.email().value(),
                Integer.toString(account.pin()),
                // The link was mailed to the address it stands for.
                Standing.of(view, true, texts, locale),
                loaded.link().matchPhrase(),
                Moment.of(loaded.link().expiresAt(), locale),
                photo(view.profile()),
                view.hasPassphrase(),
                view.hasPassphrase() && !account.verified(),
                loaded.link().provenance().assistant());
        return EditPage.of(
                link,
                form,
                proposals
                        .of(loaded.link())
                        .map(proposal -> ProposedField.of(proposal, view.profile(), typed, locale))
                        .orElse(Map.of()));
    }

    /** Our own photos by path alone, so that they are of this page's origin whatever name it was reached by. */
    private @Nullable String photo(Profile profile) {
        String url = photoUrls.urlOrNull(profile.photoHash());
        return url != null && url.startsWith(baseUrl.resolve("/"))
                ? url.substring(baseUrl.toString().length())
                : url;
    }

    private MutableHttpResponse<?> show(HttpRequest<?> request, EditPage page) {
        Locale locale = locales.resolveOrDefault(request);
        List<EditField> fields = new ArrayList<>();
        Map<String, String> errors = new LinkedHashMap<>();
        Map<String, String> summary = new LinkedHashMap<>();
        Map<String, String> listed = new LinkedHashMap<>();
        for (ProfileField field : EditForm.FIELDS) {
            EditField shown = EditField.of(page, field, texts, locale);
            fields.add(shown);
            if (page.stored().containsKey(field)) {
                listed.put(shown.key(), shown.key());
            }
            if (page.notice().waiting
                    && shown.proposal() != null
                    && shown.proposal().waiting()) {
                listed.put("accept-" + shown.key(), shown.key());
            }
            if (shown.error() != null) {
                errors.put(shown.key(), shown.error());
                summary.put(shown.target(), shown.error());
            }
        }
        ProposedField proposed = page.proposals().get(ProfileField.LOCALE);
        return Pages.show(
                page.notice().status,
                "edit",
                "link",
                page.link(),
                "form",
                page.form(),
                "fields",
                fields,
                "errors",
                errors,
                "summary",
                summary,
                "notice",
                page.notice().key,
                "listed",
                listed.isEmpty() ? null : listed,
                "proposed",
                !page.proposals().isEmpty(),
                "assistant",
                page.link().assistant(),
                "bad",
                page.notice().bad(),
                "dirty",
                page.suggested() || page.notice().status.getCode() >= 400,
                "languages",
                languages.on(locale, page.form().texts().getOrDefault(ProfileField.LOCALE, "")),
                "proposedLanguages",
                proposed == null ? null : languages.on(locale, proposed.text()));
    }
}
