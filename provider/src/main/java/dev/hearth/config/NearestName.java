package dev.hearth.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the valid name that a misspelt one is nearest to, by Levenshtein's edit distance. Case, hyphens and underscores do
 * not count, so {@code timeToLive} finds {@code time-to-live}.
 */
final class NearestName {
    /* The loop of 1965 rather than a library: commons-text and what it needs would put a megabyte on the class path of
     * every application, for one hint at start-up. */

    private NearestName() {}

    /** The nearest, the first of them where several are; empty if there are none. */
    static Optional<String> to(String given, Collection<String> names) {
        String normalized = normalize(given);
        return names.stream().min(Comparator.comparingInt(name -> distance(normalized, normalize(name))));
    }

    private static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) above[j] = j;
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[right.length()];
    }
}
