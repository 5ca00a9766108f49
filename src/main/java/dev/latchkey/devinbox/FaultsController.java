package dev.latchkey.devinbox;

import dev.latchkey.devinbox.delivery.Faults;
import dev.latchkey.devinbox.delivery.MailFault;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lets scripts ask for what goes wrong in real life. */
@OnlyInDev
@Controller("/dev/faults")
final class FaultsController {
    private static final String MAILS = "mails";
    private static final String SAVES = "saves";

    private final Faults faults;
    private final Forms forms;

    FaultsController(Faults faults, Forms forms) {
        this.faults = faults;
        this.forms = forms;
    }

    /** Queues one for each of the next, behind those that wait already. */
    @Post
    Faults.Waiting add(HttpRequest<?> request) {
        JsonFields wanted = forms.json(request);
        List<String> mails = words(wanted, MAILS);
        List<String> saves = words(wanted, SAVES);
        if (mails.isEmpty() && saves.isEmpty()) {
            throw refused(MAILS, "There is no fault in it.");
        }
        List<MailFault> known = mails.stream().map(FaultsController::mailFault).toList();
        if (!saves.stream().allMatch(Integer.toString(Faults.UNAVAILABLE)::equals)) {
            throw refused(SAVES, "There is no such fault of a save.");
        }
        if (!faults.add(known, saves.size())) {
            throw refused(mails.isEmpty() ? SAVES : MAILS, "More than " + Faults.MOST + " would wait.");
        }
        return faults.waiting();
    }

    @Get
    Faults.Waiting waiting() {
        return faults.waiting();
    }

    @Delete
    @Status(HttpStatus.NO_CONTENT)
    void clear() {
        faults.clear();
    }

    private static MailFault mailFault(String word) {
        return Arrays.stream(MailFault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() -> refused(MAILS, "There is no such fault of a mail."));
    }

    /** The elements of a list, numbers as their digits. */
    private static List<String> words(JsonFields wanted, String name) {
        Object value = wanted.value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonNode list) || !list.isArray()) {
            throw refused(name, name + " is not a list.");
        }
        List<String> words = new ArrayList<>();
        list.values().forEach(element -> words.add(element.isValueNode() ? element.coerceStringValue() : ""));
        return words;
    }

    private static ProblemException refused(String name, String why) {
        String known = Arrays.stream(MailFault.values()).map(MailFault::word).collect(Collectors.joining(", "));
        return new ProblemException(Problem.ofField(
                ProblemType.INVALID_REQUEST,
                name,
                why + " Known: mails (" + known + "), saves (" + Faults.UNAVAILABLE + ")."));
    }
}
