package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** Holds pages against the rules of axe-core. */
final class Axe {
    private Axe() {}

    static void assertClean(Page page) {
        assertClean(page, pageAlone(page));
    }

    /** Only whether its colours can be told apart. */
    static void assertReadable(Page page) {
        assertClean(page, pageAlone(page).withRules(List.of("color-contrast")));
    }

    /** With what is in its frames. */
    static void assertCleanWithin(Page page) {
        assertClean(page, new AxeBuilder(page).options(violationsAlone()));
    }

    /** In the inbox, a mail's HTML is in a frame where no script runs, not even axe. */
    private static AxeBuilder pageAlone(Page page) {
        return new AxeBuilder(page).options(violationsAlone()).exclude("iframe").setLegacyMode(true);
    }

    /** What is in order would be described piece by piece, too, which takes longer than to look at it. */
    private static AxeRunOptions violationsAlone() {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    private static void assertClean(Page page, AxeBuilder axe) {
        assertThat(axe.analyze().getViolations())
                .as(page.url())
                .extracting(Axe::inWords)
                .isEmpty();
    }

    private static String inWords(Rule rule) {
        StringBuilder words = new StringBuilder(rule.getId()).append(": ").append(rule.getHelp());
        rule.getNodes()
                .forEach(node -> words.append("\n    ")
                        .append(node.getHtml())
                        .append(" ")
                        .append(node.getAny()));
        return words.toString();
    }
}
