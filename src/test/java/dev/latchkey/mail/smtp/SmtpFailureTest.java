package dev.latchkey.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpFailureTest {

    @ParameterizedTest
    @CsvSource({
        // A no to this recipient or this message.
        "550, true, true, MAIL",
        "553, true, true, MAIL",
        "552, true, true, MAIL",
        "554, true, true, MAIL",
        // Later, perhaps.
        "450, true, false, MAIL",
        // The server has no room or no time, for whomever.
        "421, true, false, SENDER",
        "452, true, false, SENDER",
        "451, true, false, SENDER",
        // A no to us, whatever we send.
        "451, false, false, SERVER",
        "550, false, true, SERVER",
        "530, true, true, SERVER",
        "535, true, true, SERVER",
        "503, true, true, SENDER",
        "521, true, true, SENDER"
    })
    void readsACodeWithoutAnEnhancedOne(int code, boolean senderTaken, boolean isFinal, SmtpBlame blame) {
        SmtpFailure failure = new SmtpFailure(code, code + " no");
        assertThat(failure.isFinal()).isEqualTo(isFinal);
        assertThat(failure.blame(senderTaken)).isEqualTo(blame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Quotas and rates
                "550-5.4.5 Daily user sending limit exceeded. 550 5.4.5 For more",
                "550 5.7.1 Daily SMTP relay limit exceeded for customer",
                "454 4.7.0 Throttling failure: Maximum sending rate exceeded.",
                "454 Throttling failure: Daily message quota exceeded.",
                "550 5.1.90 Your message can't be sent because you've reached your daily limit",
                "550 5.7.233 your tenant exceeded its daily limit for sending email",
                "550 5.7.28 Mail flood detected",
                "550 5.4.6 Unusual sending activity detected",
                "550 Domain example.com has exceeded the max emails per hour (100/100 (100%)) allowed",
                "550 Maximum credits exceeded",
                "451 You've exceeded your messaging limits",
                "452 4.5.3 too many recipients this session",
                // Who we may send as
                "554 5.2.252 SendAsDenied; a@example.com not allowed to send as b@example.com",
                "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
                "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException",
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                "553 5.7.1 <latchkey@example.org>: Sender address rejected: not owned by user latchkey",
                "550 5.1.8 <latchkey@example.org>: Sender address rejected: Domain not found",
                "553 5.1.7 The sender address is not valid",
                "550 The from address does not match a verified Sender Identity.",
                "554 Message rejected: Email address is not verified. The following identities failed the check",
                "550 5.7.27 Sender address has null MX",
                // Who we are
                "550 5.7.26 This mail has been blocked because the sender is unauthenticated",
                "550 5.7.23 SPF validation failed",
                "550 5.7.20 no passing DKIM signature found",
                "550 5.7.25 reverse DNS validation failed",
                "550 5.7.0 Authentication required",
                "550 5.7.57 Client was not authenticated to send anonymous mail",
                "554 5.7.1 <bob@example.com>: Relay access denied",
                "550 relay not permitted",
                "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
                "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org",
                "554 Your access to this mail system has been rejected due to the sending server's poor reputation",
                "550 5.7.501 Access denied, spam abuse detected",
                "550 5.7.708 Access denied, traffic not accepted from this IP",
                "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname",
                "550 5.7.10 Encryption needed",
                "550 5.7.14 Trust relationship required",
                "550 5.7.13 User account disabled",
                // How the server is
                "452 4.3.1 Insufficient system storage",
                "550 5.3.5 System incorrectly configured",
                "550 5.3.2 System not accepting network messages",
                "451 4.4.5 Server busy",
                "503 5.5.1 Bad sequence of commands",
            })
    void blamesUsForWhatEveryMailWouldMeet(String reply) {
        SmtpFailure failure = new SmtpFailure(Integer.valueOf(reply.substring(0, 3)), reply);
        assertThat(failure.blame(true)).isEqualTo(SmtpBlame.SENDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in relay recipient table",
                "550 5.1.2 Bad destination system address",
                "501 5.1.3 Bad recipient address syntax",
                "551 5.1.6 Mailbox has moved",
                "556 5.1.10 Recipient address has null MX",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
                "550 5.1.0 Address rejected",
                "550 5.2.1 The email account that you tried to reach is disabled",
                "552 5.2.2 The email account that you tried to reach is over quota",
                "552 5.2.3 Message length exceeds the limit of the mailbox",
                "550 5.4.1 Recipient address rejected: Access denied",
                "550 5.4.4 Host not found",
                "550 5.7.17 Mailbox owner has changed",
                "550 5.5.0 Requested action not taken: mailbox unavailable",
                "550 5.3.0 No such user",
                "550 No such user here",
                "550 Requested action not taken: mailbox unavailable",
                "550 User unknown",
                "551 User not local; please try <forward-path>",
                "552 Mailbox full",
                "553 Mailbox name not allowed",
                "554 5.6.0 Message is malformed",
                "554 refused by content filter"
            })
    void blamesTheMailForWhatOthersWouldNotMeet(String reply) {
        SmtpFailure failure = new SmtpFailure(Integer.valueOf(reply.substring(0, 3)), reply);
        assertThat(failure.blame(true)).isEqualTo(SmtpBlame.MAIL);
        assertThat(failure.isFinal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "550-5.4.5 Daily limit, 5.4.5",
        "'553 not allowed (#5.7.1)', 5.7.1",
        "554 5.7.1. That is all, 5.7.1",
        "550 blocked: 5.9.12.4, 0.0.0",
        "550 version 2.13.7.1, 0.0.0",
        "550 no, 0.0.0"
    })
    void findsTheEnhancedCode(String reply, String status) {
        assertThat(SmtpBlame.enhancedStatus(reply)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 https://id.example.org/edit/AbCdEfGhIjKlMnOpQrStUvWx is listed",
                "554 link AbCdEfGhIjKlMnOpQrStUvWxYz0123456789 is listed",
                "554 HTTPS://id.example.org/edit/x?AbCdEfGhIjKlMnOpQrStUvWx"
            })
    void keepsLinksAndTokensOut(String text) {
        assertThat(SmtpFailure.scrub(text)).startsWith("554 ").doesNotContainIgnoringCase("AbCdEfGh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1\r\n450 later\n", "450 \u0000\u001b[31mlater"})
    void saysOneLine(String text) {
        assertThat(SmtpFailure.scrub(text))
                .doesNotContainPattern("\\p{Cntrl}")
                .startsWith("450")
                .endsWith("later");
    }
}
