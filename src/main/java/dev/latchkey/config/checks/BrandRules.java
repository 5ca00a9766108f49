package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.file;
import static dev.latchkey.config.checks.ConfigurationRule.value;

import dev.latchkey.config.Brand;
import dev.latchkey.config.Logo;
import dev.latchkey.config.Palette;
import java.util.List;

/** What must be true of the settings by which the service speaks in the operator's name. */
final class BrandRules {
    static final List<ConfigurationRule> ALL = List.of(
            value(
                    "latchkey.brand.name",
                    (name, dev) -> Brand.objection(name),
                    "Set it to the name that people know you by, such as Aurora Books"),
            file(
                    "latchkey.brand.logo",
                    Logo::mistakes,
                    "Name a plain SVG, or a PNG, of at most 256 KiB, or leave it unset"),
            value(
                    "latchkey.brand.accent",
                    (accent, dev) -> Palette.objection(accent),
                    "Set it to a colour that links can have on light pages, or leave it unset"));

    private BrandRules() {}
}
