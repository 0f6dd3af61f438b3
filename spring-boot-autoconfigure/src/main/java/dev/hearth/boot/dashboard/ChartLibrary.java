package dev.hearth.boot.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Chart.js, as its WebJar brings it. */
final class ChartLibrary {
    static final String PATTERN = "META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    private ChartLibrary() {}

    static Resource find() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver(ChartLibrary.class.getClassLoader())
                    .getResources("classpath*:" + PATTERN);
            if (found.length == 0) {
                throw new IllegalStateException(
                        "hearth.dashboard.enabled is true, and the dashboard's charts are missing from the class path; add"
                                + " org.webjars.npm:chart.js, or leave it where the starter brings it");
            }
            return found[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
