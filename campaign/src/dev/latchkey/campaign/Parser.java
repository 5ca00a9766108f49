package dev.latchkey.campaign;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.WholeNumbers;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One parser, with something that it reads. */
enum Parser {
    ADDRESS("Ada.Lovelace+x@straße.example") {
        @Override
        void read(byte[] input) {
            EmailAddress.parse(text(input))
                    .ifPresent(address ->
                            same(address, EmailAddress.parse(address.value()).orElse(null)));
        }
    },
    JSON(
            "{\"email\":\"a@b.example\",\"pin\":1e8,\"consent\":true,\"proposal\":\"{\\\"bio\\\":\\\"x\\\"}\",\"n\":[{}]}") {
        @Override
        void read(byte[] input) {
            JsonFields fields = JsonFields.parse(input);
            fields.string("email");
            fields.digits("pin");
            fields.bool("consent");
            fields.object("proposal");
            fields.objects("n");
        }
    },
    NUMBER("-1.50e2") {
        @Override
        void read(byte[] input) {
            WholeNumbers.parse(text(input));
            Pin.parse(text(input));
        }
    },
    FORM_FIELDS("token=a%20b&bio=%C3%A4+b&passphrase=") {
        @Override
        void read(byte[] input) throws Exception {
            form(input, FORM);
        }
    },
    FORM_PARTS(
            "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"; filename*=UTF-8''%e4\r\nContent-Type: text/plain;"
                    + " charset=utf-8\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"bio\"\r\n\r\ny\r\n--b--\r\n") {
        @Override
        void read(byte[] input) throws Exception {
            form(input, PARTS);
        }
    },
    FIELDS("pt-br-x-a") {
        @Override
        void read(byte[] input) {
            for (ProfileField field : ProfileField.TEXTS) {
                if (field.parse(text(input)) instanceof ProfileText.Parsed.Text kept
                        && field.parse(kept.value()) instanceof ProfileText.Parsed.Text again) {
                    same(kept.value(), again.value());
                }
            }
        }
    },
    /** A damaged one may be refused by whatever exception; nothing worse may happen. */
    IMAGE_HEAD("") {
        @Override
        void read(byte[] input) throws Exception {
            try {
                call("photo.image.ImageFile", "inspect", new Class<?>[] {byte[].class}, input);
            } catch (RuntimeException e) {
                // As the caller takes it.
            }
        }
    },
    MCP("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"_meta\":{}}}") {
        @Override
        void read(byte[] input) throws Exception {
            HttpHeaders headers = HttpRequest.POST("/mcp", "")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .getHeaders();
            try {
                call(
                        "api.mcp.McpCall",
                        "of",
                        new Class<?>[] {JsonFields.class, HttpHeaders.class},
                        JsonFields.parse(input),
                        headers);
            } catch (RuntimeException e) {
                if (!e.getClass().getSimpleName().equals("RpcError")) {
                    throw e;
                }
            }
        }
    },
    OAUTH_CLIENT("{\"client_name\":\"A\",\"redirect_uris\":[\"https://a.example/b\"],\"grant_types\":"
            + "[\"authorization_code\"],\"response_types\":[\"code\"],\"token_endpoint_auth_method\":\"none\"}") {
        @Override
        void read(byte[] input) throws ParseException {
            ClientDescription.parse(JSONObjectUtils.parse(text(input)));
        }
    },
    OAUTH_ADDRESS("http://127.0.0.1:8080/back?a=b") {
        @Override
        void read(byte[] input) {
            RedirectAddress.parse(text(input));
        }
    },
    MAILGUN("{\"event\":\"failed\",\"severity\":\"permanent\",\"recipient\":\"a@b.example\",\"timestamp\":1.5,"
            + "\"message\":{\"headers\":{\"message-id\":\"a@b\"}},\"delivery-status\":{\"code\":550}}") {
        @Override
        void read(byte[] input) throws Exception {
            event("MailgunEvents", "report", input);
        }
    },
    SENDGRID(
            "{\"event\":\"bounce\",\"type\":\"bounce\",\"email\":\"a@b.example\",\"timestamp\":1,\"sg_event_id\":\"a\"}") {
        @Override
        void read(byte[] input) throws Exception {
            event("SendGridEvents", "report", input);
        }
    },
    SES("{\"eventType\":\"Bounce\",\"mail\":{\"headers\":[{\"name\":\"Message-ID\",\"value\":\"a\"}]},\"bounce\":"
            + "{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\"}]}}") {
        @Override
        void read(byte[] input) throws Exception {
            event("SesEvents", "reports", input);
        }
    },
    RETURNED_MAIL(
            "From: a@b\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
                    + "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a@b.c\r\n"
                    + "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a@b>\r\n\r\n--b--") {
        @Override
        void read(byte[] input) throws Exception {
            try {
                MimeMessage mail = new MimeMessage(MAIL, new ByteArrayInputStream(input));
                call("bounce.ReturnedMail", "read", new Class<?>[] {MimeMessage.class}, mail);
            } catch (MessagingException | IOException | RuntimeException e) {
                // No mail; the library finds that out in many ways.
            }
        }
    };

    private static final Session MAIL = Session.getInstance(new Properties());
    private static final MediaType FORM = MediaType.APPLICATION_FORM_URLENCODED_TYPE;
    private static final MediaType PARTS = new MediaType("multipart/form-data; boundary=b");

    final byte[] seed;

    Parser(String seed) {
        this.seed = seed.getBytes(StandardCharsets.UTF_8);
    }

    abstract void read(byte[] input) throws Exception;

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static void same(Object one, @Nullable Object other) {
        if (!one.equals(other)) {
            throw new IllegalStateException(one + " reads as " + other);
        }
    }

    private static void form(byte[] input, MediaType type) throws Exception {
        Constructor<?> reader = Class.forName("dev.latchkey.http.FormReader")
                .getDeclaredConstructor(InputStream.class, MediaType.class, Charset.class);
        reader.setAccessible(true);
        Object made = reader.newInstance(new ByteArrayInputStream(input), type, StandardCharsets.UTF_8);
        ((AutoCloseable) call("http.FormReader", "read", new Class<?>[0], made)).close();
    }

    private static void event(String provider, String method, byte[] input) throws Exception {
        call(
                "api.webhooks." + provider,
                method,
                new Class<?>[] {JsonFields.class, Instant.class},
                JsonFields.parse(input),
                Instant.EPOCH);
    }

    /** Calls what only its own package may call; of a method of an object, the object is the one value. */
    private static @Nullable Object call(String type, String name, Class<?>[] types, Object... values)
            throws Exception {
        Method method = Class.forName("dev.latchkey." + type).getDeclaredMethod(name, types);
        method.setAccessible(true);
        try {
            return types.length == 0 ? method.invoke(values[0]) : method.invoke(null, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
