package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final UUID MAIL = UuidCreator.getTimeOrderedEpoch(AT);
    private static final String ADA = "ada@example.com";

    private final MessageIds ids = SampleMails.messageIds("id@example.org");
    private final String ours = ids.of(MAIL, ADA);

    @Test
    void tellsWhenAMailOfOursWasPutIn() {
        assertThat(ids.mailedAt(ours, ADA)).contains(AT);
        assertThat(ids.of(MAIL, ADA)).isEqualTo(ours);
    }

    @Test
    void knowsItInAnyCaseAndBehindABrokenLine() {
        assertThat(ids.mailedAt("\r\n " + ours.toUpperCase(Locale.ROOT), "Ada@Example.com"))
                .contains(AT);
    }

    @Test
    void knowsItAfterTheSendersDomainWasChanged() {
        assertThat(SampleMails.messageIds("id@another.example").mailedAt(ours, ADA))
                .contains(AT);
    }

    @Test
    void isWorthNothingForAnotherAddress() {
        assertThat(ids.mailedAt(ours, "eve@example.com")).isEmpty();
    }

    @Test
    void isWorthNothingWithAnotherMailsProof() {
        String other = ids.of(UuidCreator.getTimeOrderedEpoch(AT), ADA);
        assertThat(ids.mailedAt(ours.substring(0, 37) + other.substring(37), ADA))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "<01933b5e-0000-7000-8000-000000000001@example.org>",
                "<01933b5e-0000-7000-8000-000000000001.00000000000000000000000000000000@example.org>",
                "<01933b5e-0000-7000-8000-000000000001.0@example.org>",
                "<CAF=abc@mail.gmail.com>"
            })
    void isNothingThatSomebodyMadeUp(String madeUp) {
        assertThat(ids.mailedAt(madeUp, ADA)).isEmpty();
    }
}
