package dev.latchkey.devinbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ways to look at a mail; each has an address of its own. */
enum InboxView {
    TEXT("text", "Text"),
    HTML("html", "HTML"),
    /** As wide as the narrowest phone. */
    NARROW("320", "320 px"),
    DARK("dark", "Dark"),
    HEADERS("headers", "Headers"),
    SOURCE("source", "Source"),
    LINKS("links", "Links");

    private final String key;
    private final String label;

    InboxView(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** As addresses name it. */
    public String key() {
        return key;
    }

    /** As tabs name it. */
    public String label() {
        return label;
    }

    /** Empty when addresses name none so. */
    static Optional<InboxView> of(String key) {
        return Arrays.stream(values()).filter(view -> view.key.equals(key)).findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(InboxView::key).toList();
    }
}
