package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"3\"",
                "W/\"3\"",
                "\"3-gzip\"",
                "W/\"3-gzip\"",
                "\"3--gzip\"",
                "\"3;gzip\"",
                "\"3-br\"",
                "\"3-zstd\"",
                "\"3-deflate\"",
                "\"1\", W/\"3\"",
                "  \"3-gzip\" ,\"a,b\""
            })
    void readsATagThroughWhatProxiesDoToIt(String header) {
        assertThat(EntityTags.in(List.of(header))).contains("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3-x\"", "\"a,3\"", "\"33\"", "3", "\"\"", "\"3", "*", "\"-gzip3\""})
    void readsNoOtherTagAsOurs(String header) {
        assertThat(EntityTags.in(List.of(header))).doesNotContain("3");
    }

    @Test
    void knowsTheStar() {
        assertThat(EntityTags.isStar(List.of("*"))).isTrue();
        assertThat(EntityTags.isStar(List.of("\"*\""))).isFalse();
        assertThat(EntityTags.isStar(List.of())).isFalse();
    }
}
