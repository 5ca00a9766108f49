package dev.latchkey.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;

/**
 * The answer to a request for a link: the same whether or not the account exists, where that is concealed.
 *
 * @param proposed names of the fields for which the page will show a proposal; left out where there is none
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InitResponse(
        String status, UUID requestId, String matchPhrase, List<String> proposed, String instructions) {

    /** Without any proposal. */
    public InitResponse(String status, UUID requestId, String matchPhrase, String instructions) {
        this(status, requestId, matchPhrase, List.of(), instructions);
    }
}
