package dev.latchkey.profile.importing;

import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.InvisibleCharacters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which columns a file has, by its first line. Names are told by their letters alone: {@code E-Mail} is {@code email}.
 *
 * @param places where each column that is known stands
 * @param count of all columns
 */
record ImportColumns(Map<String, Integer> places, int count) {
    private static final String EMAIL = "email";
    private static final Set<String> KNOWN = known();

    /**
     * Reads the first line.
     *
     * @throws AccountImport.Unusable without a column {@code email}, and with two of one name
     */
    static ImportColumns of(List<String> header) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
            if (KNOWN.contains(name) && places.put(name, i) != null) {
                throw new AccountImport.Unusable("The first line names the column '" + name + "' twice");
            }
        }
        if (!places.containsKey(EMAIL)) {
            throw new AccountImport.Unusable("The first line must name the columns, one of them 'email'");
        }
        return new ImportColumns(Map.copyOf(places), header.size());
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(Set.of(EMAIL, "pin"));
        ProfileField.ON_ARRIVAL.forEach(field -> known.add(field.key()));
        return known;
    }

    /** Reads one line; a column that is missing or empty counts as absent. */
    ImportLine parse(long number, List<String> fields) {
        if (fields.stream().skip(count).anyMatch(field -> !InvisibleCharacters.isAllOf(field))) {
            return new ImportLine.Refused(number, "there are more columns than in the first line");
        }
        Map<String, String> columns = new HashMap<>();
        places.forEach((name, place) -> {
            if (place < fields.size()) {
                columns.put(name, fields.get(place));
            }
        });
        return ImportLine.parse(number, columns);
    }
}
