package dev.latchkey.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Figures in their short form, and with a fault planted: a campaign that finds nothing must be one that would. Those that
 * take several servers or minutes are left to {@code campaign/night}.
 */
class CampaignIT {
    private static final long SEED = 1;

    /** Their faults stand side by side in one copy; none is met by a figure other than its own. */
    private static final Set<Figure> PLANTED = EnumSet.of(Figure.A);

    private static final Path FOLDER = Folders.temporary();
    private static final Servers SERVERS = new Servers(LatchkeyJar.JAR);
    private static Servers faulty;

    @BeforeAll
    static void plant() throws IOException {
        faulty = new Servers(Planted.copyOf(
                LatchkeyJar.JAR, PLANTED.stream().map(figure -> figure.planted).toList(), FOLDER));
    }

    @AfterAll
    static void stop() {
        SERVERS.close();
        faulty.close();
        Folders.delete(FOLDER);
    }

    @ParameterizedTest
    @EnumSource(names = {"A", "B", "BW", "C", "E", "N", "O"})
    void findsNothing(Figure figure) {
        Progress end = run(figure, SERVERS, false);
        assertThat(end.violations()).as(end.line()).isZero();
        assertThat(end.done()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"A"})
    void findsThePlantedFault(Figure figure) {
        assertThat(run(figure, faulty, true).violations())
                .as(figure.planted.what())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void canPlantTheFault(Figure figure, @TempDir Path folder) throws IOException {
        assertThat(Planted.copyOf(LatchkeyJar.JAR, List.of(figure.planted), folder))
                .isRegularFile();
    }

    private static Progress run(Figure figure, Servers servers, boolean planted) {
        Options options =
                new Options(figure, planted ? figure.goal : figure.few, SEED, Duration.ofMinutes(2), false, planted);
        try {
            Progress end = Campaign.run(options, Progress.none(figure, SEED), servers, progress -> {});
            System.out.println(end.line());
            return end;
        } catch (Shim.Missing e) {
            return abort("needs " + e.getMessage());
        }
    }
}
