package dev.latchkey.web.edit;

import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Asked by the form behind a link while somebody types a nickname; the link and what is stored stay as they are. */
@Controller("/edit/{token}/nickname")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditNicknameController {
    private final ProfileEdits edits;
    private final NicknameAnswers answers;
    private final Forms forms;
    private final UnsavedForms unsaved;

    EditNicknameController(ProfileEdits edits, NicknameAnswers answers, Forms forms, UnsavedForms unsaved) {
        this.edits = edits;
        this.answers = answers;
        this.forms = forms;
        this.unsaved = unsaved;
    }

    @Post
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> ask(HttpRequest<?> request, String token) {
        try (Form form = forms.form(request)) {
            return switch (edits.load(token)) {
                case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal());
                // Whoever holds the link has proved the mailbox.
                case LoadOutcome.Loaded loaded -> answers.answer(request, loaded.view(), true, form.text("nickname"));
            };
        }
    }
}
