package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.latchkey.support.Asvs;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {

    @Test
    void readsEveryType() {
        JsonFields fields = parse("{\"s\":\"é\\u00e9\",\"n\":42,\"b\":false,\"o\":{\"in\":1},\"l\":[{\"a\":1},{}],"
                + "\"pin\":100000001,\"pinText\":\"100000001\",\"gone\":null,\"other\":1.5}");

        assertThat(fields.string("s")).isEqualTo("éé");
        assertThat(fields.integer("n")).isEqualTo(42);
        assertThat(fields.bool("b")).isFalse();
        assertThat(Objects.requireNonNull(fields.object("o")).integer("in")).isEqualTo(1);
        assertThat(fields.objects("l")).hasSize(2);
        assertThat(fields.digits("pin")).isEqualTo("100000001");
        assertThat(fields.digits("pinText")).isEqualTo("100000001");
        assertThat(fields.string("gone")).isNull();
        assertThat(fields.has("gone")).isFalse();
        assertThat(fields.string("absent")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pin\":1e9999999991}",
                "{\"pin\":1e999999999999999999998}",
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\" // comment\n:1}",
                "\ufeff{}"
            })
    void refusesWhatIsNotOneObject(String json) {
        assertThat(problem(bytes(json), fields -> {}).type()).isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void refusesOtherBytesThanUtf8() {
        for (byte[] body : List.of(
                "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
                "{}".getBytes(StandardCharsets.UTF_16),
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'})) {
            assertThat(problem(body, fields -> {}).type()).isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }

    @Test
    void refusesDepthLengthAndSize() {
        for (String json : List.of(
                "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                "{\"a\":" + "1".repeat(5000) + "}",
                "{\"a\":1e999999999}")) {
            assertThat(problem(bytes(json), fields -> fields.integer("a")).type())
                    .isEqualTo(ProblemType.INVALID_REQUEST);
        }
        assertThat(problem(new byte[JsonFields.MOST_BYTES + 1], fields -> {}).type())
                .isEqualTo(ProblemType.TOO_LARGE);
    }

    @Test
    void takesNamesOfAHundredCharacters() {
        assertThat(parse("{\"" + "n".repeat(100) + "\":1}").has("n".repeat(100)))
                .isTrue();
        for (String json : List.of(
                "{\"" + "n".repeat(101) + "\":1}",
                "{\"" + "n".repeat(32_000) + "\":[1]}",
                "{\"o\":[{\"" + "\\u0041".repeat(101) + "\":1}]}")) {
            assertThat(problem(bytes(json), fields -> {}).detail())
                    .isEqualTo("The JSON in the request is nested deeper than 16 levels, or holds a name or number of "
                            + "more than 100 characters.");
        }
    }

    @Test
    @DisplayName("However its members are named and nested, JSON of one size costs about the same")
    void costsNoMoreThanItsSize() {
        String ones = "1,".repeat(31_000) + "1";
        String members = IntStream.range(0, 6_000)
                .mapToObj(i -> "\"" + Integer.toHexString(i) + "\":1")
                .collect(Collectors.joining(","));
        String way = "{\"" + "n".repeat(100) + "\":";

        long plain = allocated("{\"n\":[" + ones + "]}");
        assertThat(allocated(way.repeat(14) + "[" + ones + "]" + "}".repeat(14)))
                .isLessThan(2 * plain);
        long flat = allocated("{" + members + "}");
        assertThat(allocated(way.repeat(14) + "{" + members + "}" + "}".repeat(14)))
                .isLessThan(2 * flat);
    }

    /** Bytes of heap that reading it takes, which, other than time, does not depend on who else is at work. */
    private static long allocated(String json) {
        byte[] body = bytes(json);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        JsonFields.parse(body);
        long before = threads.getCurrentThreadAllocatedBytes();
        JsonFields.parse(body);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    @Asvs("15.3.5")
    void pointsAtAWrongType() {
        Problem problem = problem(bytes("{\"email\":[\"a\",\"b\"]}"), fields -> fields.string("email"));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.detail()).isEqualTo("The field email must be a string.");
        assertPointer("{\"n\":\"1\"}", fields -> fields.integer("n"), "/n");
        assertPointer("{\"n\":1.5}", fields -> fields.integer("n"), "/n");
        assertPointer("{\"n\":9223372036854775808}", fields -> fields.integer("n"), "/n");
        assertPointer("{\"pin\":true}", fields -> fields.digits("pin"), "/pin");
        assertPointer("{\"b\":\"true\"}", fields -> fields.bool("b"), "/b");
        assertPointer("{\"l\":[1]}", fields -> fields.objects("l"), "/l");
        assertPointer(
                "{\"o\":{\"a/b\":1}}",
                fields -> Objects.requireNonNull(fields.object("o")).string("a/b"),
                "/o/a~1b");
        assertPointer(
                "{\"l\":[{},{\"o\":{\"a\":1}}]}",
                fields -> Objects.requireNonNull(Objects.requireNonNull(fields.objects("l"))
                                .get(1)
                                .object("o"))
                        .string("a"),
                "/l/1/o/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100.0", "1e2", "1.00E+2", "1000e-1"})
    void takesAWholeNumberHoweverItIsSpelt(String number) {
        JsonFields fields = parse("{\"n\":" + number + "}");

        assertThat(fields.integer("n")).isEqualTo(100);
        assertThat(fields.digits("n")).isEqualTo("100");
        assertThat(fields.value("n")).isEqualTo(BigInteger.valueOf(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "100000001.5", "1e30", "\"1e2\"", "\"100.0\""})
    void refusesWhatIsNoWholeNumberOfUse(String number) {
        assertPointer("{\"n\":" + number + "}", fields -> fields.integer("n"), "/n");
    }

    @Test
    void takesAStringThatHoldsAnObjectForIt() {
        JsonFields fields = parse("{\"o\":\" {\\\"a\\\":{\\\"b\\\":2.0}}\\n\",\"l\":[\"{\\\"c\\\":3}\",{\"c\":4}]}");

        JsonFields inner = Objects.requireNonNull(
                Objects.requireNonNull(fields.object("o")).object("a"));
        assertThat(inner.integer("b")).isEqualTo(2);
        assertThat(fields.objects("l"))
                .extracting(object -> object.integer("c"))
                .containsExactly(3L, 4L);
        assertThat(fields.string("o"))
                .as("a text stays one where a text is asked for")
                .startsWith(" {");
        assertThat(parse("\"{\\\"a\\\":1}\"").integer("a")).isEqualTo(1);
    }

    @Test
    void pointsIntoAnObjectThatIsAString() {
        String body = "{\"o\":\"{\\\"a\\\":{\\\"b\\\":true}}\",\"l\":[\"{\\\"c\\\":true}\"]}";

        assertPointer(
                body,
                fields -> Objects.requireNonNull(
                                Objects.requireNonNull(fields.object("o")).object("a"))
                        .string("b"),
                "/o/a/b");
        assertPointer(
                body,
                fields -> Objects.requireNonNull(fields.objects("l")).getFirst().string("c"),
                "/l/0/c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"{no\"",
                "\"{}{}\"",
                "\"{} x\"",
                "\"[{}]\"",
                "\"null\"",
                "\"\\\"{}\\\"\"",
                "\"{\\\"a\\\":1,\\\"a\\\":2}\"",
                "[{}]",
                "5",
                "true"
            })
    void refusesWhatHoldsNoObject(String value) {
        assertPointer("{\"o\":" + value + "}", fields -> fields.object("o"), "/o");
        assertThat(parse("{\"o\":" + value + "}").objectOrNull("o")).isNull();
    }

    @Test
    void boundsAnObjectThatIsAString() {
        String deep = "{\\\"a\\\":".repeat(17) + "1" + "}".repeat(17);

        assertPointer("{\"o\":\"" + deep + "\"}", fields -> fields.object("o"), "/o");
        assertPointer("{\"l\":\"[{}]\"}", fields -> fields.objects("l"), "/l");
    }

    @Test
    void readsAList() {
        assertThat(JsonFields.parseAll(bytes(" [{\"a\":1}, 5, \"{\\\"a\\\":2}\"]"), JsonFields.MOST_BYTES))
                .extracting(fields -> fields == null ? null : fields.integer("a"))
                .containsExactly(1L, null, 2L);
        for (String json : List.of("{}", "[", "[] x", "5")) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> JsonFields.parseAll(bytes(json), JsonFields.MOST_BYTES));
        }
    }

    private static void assertPointer(String json, Consumer<JsonFields> use, String pointer) {
        assertThat(problem(bytes(json), use).errors())
                .extracting(FieldError::pointer)
                .containsExactly(pointer);
    }

    private static Problem problem(byte[] body, Consumer<JsonFields> use) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> use.accept(JsonFields.parse(body)))
                .actual()
                .problem();
    }

    private static JsonFields parse(String json) {
        return JsonFields.parse(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
