package dev.hearth.sample.web;

import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** A page that shows what requests cost while they come. */
@RestController
class RequestsController {
    static final String PATH = "/requests";

    private final RecentRequests requests;

    RequestsController(RecentRequests requests) {
        this.requests = requests;
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        RecentRequests.Summary summary = requests.summary();
        StringBuilder rows = new StringBuilder();
        for (RecentRequests.Cost cost : summary.last()) {
            rows.append("<tr><td>%s %s</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td></tr>%n"
                    .formatted(
                            HtmlUtils.htmlEscape(cost.method()),
                            HtmlUtils.htmlEscape(cost.path()),
                            cost.status(),
                            cost.statements(),
                            cost.roundTrips(),
                            cost.micros()));
        }
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>What requests cost</title>
                <style>
                  body { font: 15px/1.4 sans-serif; max-width: 60em; margin: 1em auto; padding: 0 1em; }
                  table { border-collapse: collapse; width: 100%% } th, td { text-align: right; padding: .2em .6em; }
                  th:first-child, td:first-child { text-align: left } tr { border-top: 1px solid #ccc }
                </style></head>
                <body><h1>What requests cost</h1>
                <p>%d requests since the start; in the mean %s SQL statements and %s round trips to Redis each.</p>
                <table><thead><tr><th>request</th><th>status</th><th>SQL</th><th>Redis</th><th>µs</th></tr></thead>
                <tbody>%s</tbody></table></body></html>
                """.formatted(summary.requests(), mean(summary.meanStatements()), mean(summary.meanRoundTrips()), rows);
    }

    private static String mean(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
