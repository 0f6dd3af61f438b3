package dev.hearth.sample.infra;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as a user that PostgreSQL accepts: one that has a name and is not root. */
final class Unprivileged {
    private static final String NOBODY = "65534";

    /* As oneself if possible. For root no single tool is on every Linux: util-linux brings the first, coreutils the
     * second, busybox the last. The third works for whoever may not change the user, or has none with a name. */
    private static final List<List<String>> WAYS = List.of(
            List.of(),
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
            List.of("chroot", "--userspec=" + NOBODY + ":" + NOBODY, "/"),
            List.of("unshare", "--user"),
            List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", "nobody"));

    private Unprivileged() {}

    /** As {@link Command#run}. */
    static String run(List<String> words) throws IOException {
        return Command.run(join(way(), words));
    }

    private static List<String> way() throws IOException {
        List<String> failures = new ArrayList<>();
        for (List<String> way : WAYS) {
            try {
                String user = Command.run(join(way, List.of("id", "-un")));
                if (!"root".equals(user)) {
                    return way;
                }
                failures.add(String.join(" ", join(way, List.of("runs as root"))));
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException("PostgreSQL runs neither as root nor as a user without a name, and no way was"
                + " found to become another one (" + String.join("; ", failures)
                + "). Start the shop as a named user.");
    }

    private static List<String> join(List<String> way, List<String> words) {
        List<String> command = new ArrayList<>(way);
        command.addAll(words);
        return command;
    }
}
