package dev.latchkey.assistant;

import dev.latchkey.http.FieldError;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.remote.RemoteFiles;
import dev.latchkey.remote.RemoteImages;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads what an assistant proposes for a profile; what cannot be kept is refused before any mail is sent. */
@Singleton
public final class Drafts {
    private static final String PROPOSAL = "proposal";
    private static final String IMAGES = "/openaiFileIdRefs";
    private static final String PHOTO = "photo";

    /** Images in memory at one time, fetched and waiting to be decoded. */
    private static final int AT_A_TIME = 8;

    private final Semaphore inMemory = new Semaphore(AT_A_TIME, true);

    private final RemoteImages images;
    private final PhotoProcessor processor;
    private final FieldTexts fieldTexts;
    private final AssistantTexts texts;

    Drafts(RemoteImages images, PhotoProcessor processor, FieldTexts fieldTexts, AssistantTexts texts) {
        this.images = images;
        this.processor = processor;
        this.fieldTexts = fieldTexts;
        this.texts = texts;
    }

    /** The member {@code proposal} of a request; {@link Proposal#NONE} where there is none. */
    public Proposal fields(JsonFields body) {
        JsonFields proposal = body.object(PROPOSAL);
        return proposal == null ? Proposal.NONE : fields(proposal, "/" + PROPOSAL);
    }

    /** The same for a tool of which models also send the fields beside it; what the member says counts. */
    public Proposal allFields(JsonFields arguments) {
        Map<ProfileField, String> told = new EnumMap<>(ProfileField.class);
        told.putAll(fields(arguments, "").texts());
        told.putAll(fields(arguments).texts());
        return Proposal.of(told);
    }

    private Proposal fields(JsonFields proposal, String pointer) {
        Stream.of("passphrase", "password").filter(proposal::has).findFirst().ifPresent(name -> {
            throw refused(ProblemType.INVALID_REQUEST, pointer + "/" + name, texts.text("init.passphrase"));
        });
        List<InvalidField> invalid = new ArrayList<>();
        // Whether a nickname is free is asked at the Save, as the answer would tell whose account this is about.
        Map<ProfileField, String> told =
                ProfileField.parseDraft(ProfileField.read(ProfileField.TEXTS, proposal::string), invalid);
        if (!invalid.isEmpty()) {
            throw new ProblemException(invalid(invalid, pointer));
        }
        return Proposal.of(told);
    }

    /** Proposal and image of a request; the image is fetched now, as its link works for some minutes only. */
    public Proposal whole(JsonFields body, Caller caller) {
        Proposal draft = fields(body);
        List<JsonFields> references = Objects.requireNonNullElse(body.objects(IMAGES.substring(1)), List.of());
        if (references.isEmpty()) {
            return draft;
        }
        if (references.size() > 1) {
            throw refused(ProblemType.INVALID_REQUEST, IMAGES, texts.text("init.image.one"));
        }
        return draft.withPhoto(image(references.getFirst(), IMAGES + "/0", IMAGES, caller));
    }

    /** Whether the arguments of a tool have a file in {@code photo}; models send empty strings for what they do not know. */
    public boolean hasPhoto(JsonFields arguments) {
        return arguments.has(PHOTO) && !(arguments.value(PHOTO) instanceof String text && text.isBlank());
    }

    /** The draft with the file in {@code photo}, if there is one; it is fetched now as well. */
    public Proposal withPhoto(Proposal draft, JsonFields arguments, Caller caller) {
        if (!hasPhoto(arguments)) {
            return draft;
        }
        JsonFields file = arguments.objectOrNull(PHOTO);
        if (file == null) {
            throw refused(ProblemType.INVALID_REQUEST, "/" + PHOTO, texts.text("init.image.link"));
        }
        return draft.withPhoto(image(file, "/" + PHOTO, "/" + PHOTO, caller));
    }

    /** @param file as a host describes one, which call the link by either name */
    private byte[] image(JsonFields file, String pointer, String member, Caller caller) {
        String link = Stream.of("download_url", "download_link")
                .filter(file::has)
                .findFirst()
                .map(file::string)
                .orElse("");
        if (link.isBlank()) {
            throw refused(ProblemType.INVALID_REQUEST, pointer + "/download_link", texts.text("init.image.link"));
        }
        return oneOfFew(() -> portrait(images.fetch(link), member, caller.toString()));
    }

    private byte[] oneOfFew(Supplier<byte[]> work) {
        if (!inMemory.tryAcquire()) {
            throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE, texts.text("init.unavailable")));
        }
        try {
            return work.get();
        } finally {
            inMemory.release();
        }
    }

    private byte[] portrait(RemoteFiles.Fetched fetched, String member, String whose) {
        return switch (fetched) {
            case RemoteFiles.Fetched.File image -> develop(image.bytes(), member, whose);
            case RemoteFiles.Fetched.Refused none ->
                throw switch (none.reason()) {
                    case NOT_ALLOWED -> refused(ProblemType.INVALID_REQUEST, member, texts.text("init.image.host"));
                    case UNREACHABLE ->
                        refused(ProblemType.INVALID_FIELDS, member, texts.text("init.image.unreachable"));
                    case TOO_LARGE -> refused(ProblemType.TOO_LARGE, member, texts.text("init.image.too_large"));
                };
        };
    }

    private byte[] develop(byte[] bytes, String member, String whose) {
        return switch (processor.process(PhotoSource.of(bytes), whose)) {
            case PhotoResult.Processed processed -> processed.photo().jpeg();
            case PhotoResult.Refused refused ->
                throw switch (refused.reason()) {
                    case TOO_LARGE, TOO_MANY_PIXELS ->
                        refused(ProblemType.TOO_LARGE, member, texts.text("init.image.too_large"));
                    case UNSUPPORTED, HEIC, DAMAGED ->
                        refused(ProblemType.UNSUPPORTED_PHOTO, member, texts.text("init.image.unsupported"));
                };
        };
    }

    private Problem invalid(List<InvalidField> fields, String pointer) {
        return texts.invalid(
                "init.proposal.invalid",
                fields.stream()
                        .map(fieldTexts::errorOf)
                        .map(error -> new FieldError(pointer + error.pointer(), error.detail()))
                        .toList());
    }

    private static ProblemException refused(ProblemType type, String pointer, String detail) {
        return new ProblemException(Problem.of(type, detail).withErrors(List.of(new FieldError(pointer, detail))));
    }
}
