package dev.latchkey.web.docs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that programs ask the server.
 *
 * @param id its anchor on the page, unique in a document
 * @param group what it belongs to
 * @param name how people call it: method and path, or the name of a tool
 * @param summary one line
 * @param description more of it, perhaps nothing
 * @param sent how it is sent, which is also an example
 * @param parameters in the path or the query
 * @param takes the bodies it takes
 * @param gives the answers when all went well
 * @param refusals what else may be answered
 */
record Call(
        String id,
        String group,
        String name,
        String summary,
        String description,
        Sent sent,
        List<Parameter> parameters,
        List<Body> takes,
        List<Body> gives,
        List<Refusal> refusals) {

    /**
     * A body, or an answer.
     *
     * @param status empty for what is sent
     * @param type its media type; empty where there is none
     * @param example empty where there is none
     */
    record Body(String status, String description, String type, List<Row> rows, String example) {}

    /** In the path or the query, with an example. */
    record Parameter(Row row, boolean inPath, String example) {
        /** Its name. */
        public String name() {
            return row.name();
        }
    }

    /** A status, or "default" for what may be wrong with any call. */
    record Refusal(String status, String description) {}

    /** The parameters without their examples. */
    public List<Row> rows() {
        return parameters.stream().map(Parameter::row).toList();
    }

    /** The command of each kind of body that it takes. */
    public List<String> commands() {
        return takes.isEmpty()
                ? List.of(Curl.command(sent, parameters, null))
                : takes.stream()
                        .map(body -> Curl.command(sent, parameters, body))
                        .toList();
    }

    /** Whether a page can send it as it is shown: a form with a file, or a page for a person, it cannot. */
    public boolean canBeTried() {
        return !sent.path().equals("/oauth/authorize");
    }

    /** What the page lets people edit before it sends it; empty where nothing is. */
    public String body() {
        return Stream.concat(takes.stream(), Stream.of(NOTHING))
                .findFirst()
                .orElse(NOTHING)
                .example();
    }

    /** The media type of that. */
    public String type() {
        return Stream.concat(takes.stream(), Stream.of(NOTHING))
                .findFirst()
                .orElse(NOTHING)
                .type();
    }

    private static final Body NOTHING = new Body("", "", "", List.of(), "");

    /**
     * How it is sent.
     *
     * @param key the variable that has the bearer in commands; empty where none is needed
     */
    record Sent(String origin, String method, String path, String key) {}
}
