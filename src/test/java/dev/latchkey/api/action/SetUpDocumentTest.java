package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What operators paste into a custom GPT. */
final class SetUpDocumentTest {
    private static final int MOST_CHARACTERS = 8_000;

    @Test
    void holdsInstructionsThatFit() throws IOException {
        String document = Files.readString(Path.of("docs/assistants/chatgpt.md"));
        String instructions = document.split("```text\n", 2)[1].split("```", 2)[0];

        assertThat(instructions)
                .hasSizeLessThan(MOST_CHARACTERS)
                .contains(
                        "requestProfileEditLink",
                        "requestSignUp",
                        "getRequestStatus",
                        "matchPhrase",
                        "email address or the nine-digit PIN",
                        "Never ask for a passphrase");
    }
}
