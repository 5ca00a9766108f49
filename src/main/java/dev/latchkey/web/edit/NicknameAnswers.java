package dev.latchkey.web.edit;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.profile.Nicknames;
import dev.latchkey.profile.Nicknames.Answer;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says to the form's script whether the nickname in its field may be had, in the sentence that saving would say. */
@Singleton
public final class NicknameAnswers {
    private final Nicknames nicknames;
    private final Texts texts;
    private final Languages locales;
    private final Problems problems;

    NicknameAnswers(Nicknames nicknames, @Named("messages") Texts texts, Languages locales, Problems problems) {
        this.nicknames = nicknames;
        this.texts = texts;
        this.locales = locales;
        this.problems = problems;
    }

    /**
     * The answer, for the person of a profile.
     *
     * @param proven whether they have proved their mailbox
     */
    public HttpResponse<?> answer(HttpRequest<?> request, ProfileView view, boolean proven, @Nullable String typed) {
        locales.follow(request, view.profile().locale());
        Locale locale = locales.resolveOrDefault(request);
        return switch (nicknames.ask(view.account(), proven, Objects.requireNonNullElse(typed, ""))) {
            case Answer.Free free -> said(true, texts.text(locale, "edit.nickname.suggested"));
            case Answer.Refused refused ->
                said(false, texts.text(locale, "error.nickname." + Pages.key(refused.reason())));
            case Answer.TooMany many ->
                problems.respond(
                        request, Problem.of(ProblemType.TOO_MANY_REQUESTS).withRetryAfter(many.retryAfter()));
        };
    }

    private static HttpResponse<?> said(boolean free, String sentence) {
        return HttpResponse.ok(Map.of("free", free, "says", sentence)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
