package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every part of the service needs to know.
 *
 * @param baseUrl origin of every link, without a trailing slash, such as {@code https://id.example.com}
 * @param dataDir where the SQLite file, the generated secret and local photos live
 * @param secret base64 of at least 32 bytes; generated into the data directory when absent
 * @param actionKeys bearer keys of the assistant's action, as they are written; {@link #assistants} reads them
 * @param metricsKeys bearer keys of the metrics
 * @param unknownUser whether callers with a key learn that an account does not exist
 * @param allowedOrigins origins of other front ends that may call Load and Save
 * @param support how people reach those who run the service
 * @param termsFile the terms of service, as plain text
 */
@ConfigurationProperties("latchkey")
public record LatchkeySettings(
        @Nullable String baseUrl,
        @Bindable(defaultValue = "./data") Path dataDir,
        @Nullable String secret,
        @Bindable(defaultValue = "") List<String> actionKeys,
        @Bindable(defaultValue = "") List<String> metricsKeys,
        @Bindable(defaultValue = "report") UnknownUser unknownUser,
        @Bindable(defaultValue = "") List<String> allowedOrigins,
        @Nullable String support,
        @Nullable Path termsFile) {

    public LatchkeySettings {
        dataDir = dataDir.toString().isBlank() ? Path.of("./data") : dataDir;
        actionKeys = present(actionKeys);
        metricsKeys = present(metricsKeys);
        allowedOrigins = present(allowedOrigins);
        support = support == null || support.isBlank() ? null : support.strip();
        termsFile = termsFile == null || termsFile.toString().isBlank() ? null : termsFile;
    }

    /** How people reach those who run the service; null where they have not said so. */
    public @Nullable Support contact() {
        return support == null ? null : new Support(support);
    }

    /** The keys of the assistant's action. */
    public List<ActionKey> assistants() {
        return actionKeys.stream().map(ActionKey::parse).toList();
    }

    private static List<String> present(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * A key of the action, {@code key} or {@code name:key}.
     *
     * <p>What comes before the first colon is a name if it could be one: at most 40 letters, digits, spaces, dots, dashes
     * and underscores, one of them a letter or digit, or nothing at all. Else there is no name. A key may hold a colon of
     * its own: an entry also opens the action by the whole of its text, so what was a key before keys had names still is.
     *
     * @param name what people read; absent where it has none
     * @param key what it opens with, and what it is counted by
     * @param entry as it is written
     */
    public record ActionKey(@Nullable String name, String key, String entry) {
        private static final Pattern NAMED =
                Pattern.compile("((?=[^:]*[\\p{L}\\p{Nd}])[\\p{L}\\p{M}\\p{Nd} ._-]{1,40}|\\s*):(.+)", Pattern.DOTALL);

        /** Reads an entry. */
        public static ActionKey parse(String entry) {
            Matcher named = NAMED.matcher(entry);
            if (!named.matches() || named.group(2).isBlank()) {
                return new ActionKey(null, entry, entry);
            }
            String name = named.group(1).strip();
            return new ActionKey(name.isEmpty() ? null : name, named.group(2).strip(), entry);
        }

        /** What a caller may present. */
        public Set<String> bearers() {
            Set<String> bearers = new LinkedHashSet<>();
            bearers.add(key);
            bearers.add(entry);
            return bearers;
        }

        @Override
        public String toString() {
            return "a key of the action";
        }
    }

    /**
     * A mailbox or the https address of a page.
     *
     * @param text as it is written, and as people read it
     */
    public record Support(String text) {

        /** What keeps a text from being one; null when nothing does. */
        public static @Nullable String objection(String text) {
            if (SenderAddress.isPlain(text)) {
                return text.substring(text.indexOf('@')).contains(".") ? null : "has an address without a full domain";
            }
            return BaseUrl.isAddress(text, false) ? null : "is neither one mail address nor an https address";
        }

        public boolean isMailbox() {
            return SenderAddress.isPlain(text);
        }

        /** Where a link leads that is shown for it. */
        public String uri() {
            return isMailbox() ? "mailto:" + text : text;
        }
    }

    /** What a caller with a key is told about an address or PIN that no account has. */
    public enum UnknownUser {
        /** 404: the assistant can ask the person to check what they typed. */
        REPORT,
        /** The same answer as for a known account, in shape and in time. */
        CONCEAL
    }
}
