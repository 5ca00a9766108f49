package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Api;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLocaleTest {
    private final Api browser = Site.browser();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ar                              | ar
            ar-EG, en;q=0.5                 | ar
            sw, ar;q=0.5                    | ar
            de;q=0, ar;q=0.5                | ar
            en, ar;q=0.9                    | en
            de                              | de
            pt-PT                           | pt-BR
            zh-TW, en;q=0.5                 | zh-Hans
            zh_CN                           | zh-Hans
            sw                              | en
            *                               | en
            ;;;                             | en
            ar;q=two                        | en
            """)
    void answersInTheBestLanguageThatThereAreTextsFor(String accepted, String language) {
        Document html = browser.get("/", "Accept-Language", accepted).html();
        assertThat(html.select("html").attr("lang")).isEqualTo(language);
        assertThat(html.select("html").attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
    }

    @Test
    void doesNotReadAHeaderThatNoBrowserSends() {
        String endless = "ar" + ", x-abcdefgh".repeat(100);
        assertThat(browser.get("/", "Accept-Language", endless)
                        .html()
                        .select("html")
                        .attr("lang"))
                .isEqualTo("en");
    }

    @Test
    void followsTheProfileWhereThePageIsAboutOne() {
        Account somebody = People.somebody(Site.context());
        String first = Links.fresh(Site.context(), somebody);
        assertThat(browser.form("/edit/" + first, Map.of("locale", "ar-EG")).status())
                .isEqualTo(303);
        Site.clock().advance(Duration.ofMinutes(1));
        String token = Links.fresh(Site.context(), somebody);
        Document html = browser.get("/edit/" + token, "Accept-Language", "en").html();
        assertThat(html.select("html").attr("lang")).isEqualTo("ar");
        assertThat(html.select("h1").text()).isEqualTo("ملفك الشخصي");
        assertThat(html.select("#bio").attr("dir")).isEqualTo("auto");
        assertThat(html.select("#locale option[value=de]").text()).contains("الألمانية", "Deutsch");
    }
}
