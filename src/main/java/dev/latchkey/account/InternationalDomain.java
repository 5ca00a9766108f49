package dev.latchkey.account;

import com.ibm.icu.text.IDNA;
import dev.latchkey.text.InvisibleCharacters;
import java.util.Optional;

/**
 * Domains beyond ASCII, as their registries and all browsers read them: UTS 46, non-transitional, with the rules for
 * joiners and for text from right to left. {@code java.net.IDN} follows IDNA 2003, which makes one domain of
 * {@code straße.example} and {@code strasse.example}. Loaded with the first such domain.
 */
final class InternationalDomain {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_ASCII);

    private InternationalDomain() {}

    /**
     * The domain in A-labels.
     *
     * @return empty when it is no domain, or holds what nobody can see: UTS 46 would drop that silently
     */
    static Optional<String> toAscii(String domain) {
        if (domain.codePoints()
                .anyMatch(point -> InvisibleCharacters.is(point) && !InvisibleCharacters.isJoiner(point))) {
            return Optional.empty();
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
        return info.hasErrors() ? Optional.empty() : Optional.of(ascii);
    }
}
