package dev.latchkey.profile;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person can change about themselves, in the order in which changes are told. Texts by field are maps: a field that
 * is not in one was not mentioned, an empty text stands for none.
 */
public enum ProfileField {
    BIO(2_000),
    LOCALE(100),
    NAME(100),
    NICKNAME(30),
    PASSPHRASE,
    /** In maps by its hash. */
    PHOTO,
    PRONOUNS(40);

    /** Those that are texts and have a rule for them, in the order in which answers tell them. */
    public static final Set<ProfileField> TEXTS =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of(NAME, PRONOUNS, NICKNAME, LOCALE, BIO)));

    /** What may be told of people before they proved their mailbox: at sign-up, and in a file of existing users. */
    public static final Set<ProfileField> ON_ARRIVAL = Collections.unmodifiableSet(EnumSet.of(LOCALE, NAME, PRONOUNS));

    private final int most;

    ProfileField() {
        this(0);
    }

    ProfileField(int most) {
        this.most = most;
    }

    /** The name used in JSON, forms, files, texts and history. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of this name; empty when there is none. */
    public static Optional<ProfileField> ofKey(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }

    /** Most characters of a text, counted in code points. */
    public int most() {
        return most;
    }

    /** Reads one of {@link #TEXTS} as somebody typed it. */
    public ProfileText.Parsed parse(String typed) {
        return switch (this) {
            case BIO -> ProfileText.bio(typed, most);
            case LOCALE -> ProfileText.locale(typed, most);
            case NAME, PRONOUNS -> ProfileText.line(typed, most);
            case NICKNAME -> ProfileText.nickname(typed, most);
            case PASSPHRASE, PHOTO -> throw new IllegalArgumentException(this + " is no text");
        };
    }

    /** Those of the fields that a request mentions, asked by their keys. */
    public static Map<ProfileField, String> read(Set<ProfileField> fields, Function<String, @Nullable String> request) {
        Map<ProfileField, String> texts = new EnumMap<>(ProfileField.class);
        for (ProfileField field : fields) {
            String text = request.apply(field.key());
            if (text != null) {
                texts.put(field, text);
            }
        }
        return texts;
    }

    /**
     * Reads what was typed into fields.
     *
     * @param refused where those go that cannot be kept; they are left out
     */
    public static Map<ProfileField, String> parse(Map<ProfileField, String> typed, List<InvalidField> refused) {
        Map<ProfileField, String> texts = new EnumMap<>(ProfileField.class);
        typed.forEach((field, text) -> {
            switch (field.parse(text)) {
                case ProfileText.Parsed.Text kept -> texts.put(field, kept.value());
                case ProfileText.Parsed.Refused why -> refused.add(new InvalidField(field, why.reason()));
            }
        });
        return texts;
    }

    /** The same for a draft. Models send empty texts for what they do not know, so they say nothing here. */
    public static Map<ProfileField, String> parseDraft(Map<ProfileField, String> typed, List<InvalidField> refused) {
        Map<ProfileField, String> told = new EnumMap<>(ProfileField.class);
        told.putAll(typed);
        told.values().removeIf(String::isBlank);
        Map<ProfileField, String> texts = parse(told, refused);
        texts.values().removeIf(String::isEmpty);
        return texts;
    }
}
