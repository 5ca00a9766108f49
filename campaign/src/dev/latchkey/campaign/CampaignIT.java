package dev.latchkey.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Figures in their short form, and with a fault planted: a campaign that finds nothing must be one that would. Those that
 * take several servers or minutes are left to {@code campaign/night}.
 */
class CampaignIT {
    private static final long SEED = 1;

    @ParameterizedTest
    @EnumSource(names = {"A", "B", "BW", "C", "N"})
    void findsNothing(Figure figure) throws IOException {
        Progress end = run(figure, false);
        assertThat(end.violations()).as(end.line()).isZero();
        assertThat(end.done()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"A", "B", "BW"})
    void findsThePlantedFault(Figure figure) throws IOException {
        assertThat(run(figure, true).violations()).as(figure.planted.what()).isPositive();
    }

    private static Progress run(Figure figure, boolean planted) throws IOException {
        try {
            return Campaign.run(new Options(
                    figure, planted ? figure.goal : figure.few, SEED, Duration.ofMinutes(2), false, planted));
        } catch (Shim.Missing e) {
            return abort("needs " + e.getMessage());
        }
    }
}
