package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.DrawnPictures;
import dev.latchkey.support.Answer;
import dev.latchkey.support.FlatWebp;
import dev.latchkey.support.LatchkeyClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest pictures that are accepted, on the heap of 256 MB that the jar is run with here and in production. */
class LargePhotoIT {
    private static final int AT_ONCE = 3;
    private static final int EDGE = 6324;

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "largest-cutout.webp.gz", "largest-progressive.jpg.gz", "largest.png.gz"})
    void takesManyPicturesOfFortyMegapixelsAtOnce(String name) throws Exception {
        DevServer server = DevServer.shared();
        LatchkeyClient client = server.client;
        byte[] picture = name.equals("lossless.webp") ? FlatWebp.of(EDGE, 200, 100, 50) : DrawnPictures.read(name);
        List<Future<Answer>> saves = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String email : server.residents.many(AT_ONCE)) {
                String token = server.freshToken(email);
                saves.add(people.submit(() -> client.save(Map.of("token", token), picture)));
            }
        }
        for (Future<Answer> save : saves) {
            assertThat(save.get().status()).as(save.get().text()).isEqualTo(200);
        }
        assertThat(server.jar.output()).doesNotContain("OutOfMemoryError", "A photo ended the process");
    }
}
