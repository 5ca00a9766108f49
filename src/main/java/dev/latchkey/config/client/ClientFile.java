package dev.latchkey.config.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.util.JSONArrayUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** The operator's file of predefined clients: a JSON list of what each says of itself, with its id and its secret. */
public final class ClientFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_ID = 200;
    private static final int SHORTEST_SECRET = 16;
    private static final Set<ClientAuthenticationMethod> METHODS =
            Set.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.CLIENT_SECRET_BASIC);

    private final List<ClientDescription> clients = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    private ClientFile(@Nullable Path path) {
        try {
            read(path == null ? "[]" : text(path));
        } catch (IOException e) {
            mistakes.add("names a file that cannot be read (" + path + ")");
        } catch (ParseException e) {
            mistakes.add("names a file that holds no JSON list of at most 1 MiB");
        }
    }

    /** The clients in a file that {@link #mistakes} found none in; none where there is no file. */
    public static List<ClientDescription> read(@Nullable Path path) {
        return List.copyOf(new ClientFile(path).clients);
    }

    /** What is wrong with the file of this name, one text for each mistake; never with a secret in it. */
    public static Stream<String> mistakes(String path) {
        try {
            return new ClientFile(Path.of(path)).mistakes.stream();
        } catch (InvalidPathException e) {
            return Stream.of("is not the name of a file");
        }
    }

    private static String text(Path path) throws IOException, ParseException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ParseException("Too long");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ParseException("Not UTF-8", e);
        }
    }

    private void read(String json) throws ParseException {
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (Object entry : JSONArrayUtils.parse(json)) {
            number++;
            String mistake = entry instanceof JSONObject client ? add(client, ids) : "is no JSON object";
            if (mistake != null) {
                mistakes.add("in its file, client " + number + ": " + mistake);
            }
        }
    }

    private @Nullable String add(JSONObject entry, Set<String> ids) {
        try {
            ClientDescription client = ClientDescription.parse(entry);
            String mistake = mistake(client, ids);
            if (mistake == null) {
                clients.add(client);
            }
            return mistake;
        } catch (ParseException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String mistake(ClientDescription client, Set<String> ids) {
        String id = client.id();
        if (id == null
                || id.isBlank()
                || id.length() > LONGEST_ID
                || !id.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return "client_id must be 1 to " + LONGEST_ID + " characters of ASCII";
        }
        if (!ids.add(id)) {
            return "client_id \"" + id + "\" is there twice";
        }
        if (!METHODS.containsAll(client.methods())) {
            return "token_endpoint_auth_method must be none or client_secret_basic";
        }
        String secret = client.secret();
        boolean open = client.methods().contains(ClientAuthenticationMethod.NONE);
        if (secret == null) {
            return open || client.methods().isEmpty() ? null : "client_secret_basic needs a client_secret";
        }
        if (open) {
            return "token_endpoint_auth_method none goes with no client_secret";
        }
        return secret.length() < SHORTEST_SECRET || !secret.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                ? "client_secret must be at least " + SHORTEST_SECRET + " characters of ASCII without spaces"
                : null;
    }
}
