import dev.latchkey.generated.ApiClient;
import dev.latchkey.generated.api.ProfileLinksApi;
import dev.latchkey.generated.model.EditLinkAnswer;
import dev.latchkey.generated.model.EditLinkRequest;
import dev.latchkey.generated.model.RequestStatus;
import java.util.UUID;

/** What somebody would write on top of the client that openapi-generator makes: {@code init} or {@code status}. */
public final class GeneratedClient {
    private GeneratedClient() {}

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        ProfileLinksApi api = new ProfileLinksApi(client);
        if (arguments[2].equals("init")) {
            EditLinkAnswer answer = api.requestProfileEditLink(new EditLinkRequest().email(arguments[3]));
            System.out.println(answer.getRequestId() + "|" + answer.getMatchPhrase());
        } else {
            RequestStatus status = api.getRequestStatus(UUID.fromString(arguments[3]));
            System.out.println(status.getState() + "|" + String.join(",", status.getChanged()));
        }
    }
}
