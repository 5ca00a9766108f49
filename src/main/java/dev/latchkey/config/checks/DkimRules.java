package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.matching;
import static dev.latchkey.config.checks.ConfigurationRule.missing;

import dev.latchkey.config.SenderAddress;
import dev.latchkey.config.operating.DkimKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be true of the signature of mails. */
final class DkimRules {
    private static final String DOMAIN = "latchkey.dkim.domain";
    private static final String SELECTOR = "latchkey.dkim.selector";
    private static final String KEY_FILE = "latchkey.dkim.key-file";
    private static final String MAIL_FROM = "latchkey.mail-from";
    private static final List<String> KEYS = List.of(DOMAIN, SELECTOR, KEY_FILE);

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String LABELS = LABEL + "(\\." + LABEL + ")*";

    private static final String MAKE_A_KEY = "Name the file that \"openssl genpkey -algorithm RSA -pkeyopt"
            + " rsa_keygen_bits:2048 -out dkim.pem\" writes, with mode 600";

    static final List<ConfigurationRule> ALL = Stream.concat(
                    KEYS.stream()
                            .map(key -> missing(
                                            key,
                                            "Set LATCHKEY_DKIM_DOMAIN, LATCHKEY_DKIM_SELECTOR and"
                                                    + " LATCHKEY_DKIM_KEY_FILE, or none of them")
                                    .where(values -> KEYS.stream().anyMatch(values::has))),
                    Stream.of(
                            matching(DOMAIN, LABELS, "Set it to a domain such as example.com"),
                            new ConfigurationRule(
                                    DOMAIN,
                                    DkimRules::unaligned,
                                    "Set it to the domain of LATCHKEY_MAIL_FROM or one above it, as DMARC counts no other"),
                            matching(SELECTOR, LABELS, "Set it to a name such as latchkey2026"),
                            new ConfigurationRule(
                                    KEY_FILE,
                                    values -> values.verbatim(KEY_FILE).stream()
                                            .flatMap(file -> DkimKey.mistakes(file, values.dev())),
                                    MAKE_A_KEY)))
            .toList();

    private DkimRules() {}

    /** RFC 7489 section 3.1.1. */
    private static Stream<String> unaligned(SettingValues values) {
        return values.text(DOMAIN).stream()
                .filter(domain -> domain.matches(LABELS))
                .flatMap(domain -> values.text(MAIL_FROM).stream()
                        .flatMap(from -> Stream.ofNullable(unaligned(domain.toLowerCase(Locale.ROOT), from))));
    }

    private static @Nullable String unaligned(String domain, String from) {
        if (SenderAddress.objection(from, true) != null) {
            return null;
        }
        String sender = SenderAddress.parse(from).domain().toLowerCase(Locale.ROOT);
        boolean above = domain.contains(".") && sender.endsWith("." + domain);
        return sender.equals(domain) || above
                ? null
                : "is \"" + domain + "\", and the sender's address is one of \"" + sender + "\"";
    }
}
