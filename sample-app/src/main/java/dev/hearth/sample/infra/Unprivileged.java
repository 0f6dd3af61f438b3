package dev.hearth.sample.infra;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs commands without the rights of root, which PostgreSQL refuses to have. */
final class Unprivileged {
    private static final String NOBODY = "65534";

    /* No single tool is on every Linux: util-linux brings the first, coreutils the second, busybox the last; the
     * third works for a root that may not change its user, in a container without that capability. */
    private static final List<List<String>> WAYS = List.of(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
            List.of("chroot", "--userspec=" + NOBODY + ":" + NOBODY, "/"),
            List.of("unshare", "--user"),
            List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec \"$0\" \"$@\""));

    private Unprivileged() {}

    /** As {@link Command#run}; with the rights of nobody if this process is root. */
    static String run(List<String> words) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Command.run(words);
        }
        List<String> command = new ArrayList<>(Way.CHOSEN);
        command.addAll(words);
        return Command.run(command);
    }

    private static List<String> choose() {
        List<String> failures = new ArrayList<>();
        for (List<String> way : WAYS) {
            List<String> probe = new ArrayList<>(way);
            probe.addAll(List.of("id", "-u"));
            try {
                String user = Command.run(probe);
                if (!"0".equals(user)) {
                    return way;
                }
                failures.add(String.join(" ", way) + " stayed root");
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IllegalStateException("PostgreSQL does not run as root, and no way was found to run it as another"
                + " user (" + String.join("; ", failures) + "). Start the shop as another user, or set"
                + " shop.postgres.url and shop.redis.url.");
    }

    private static final class Way {
        static final List<String> CHOSEN = choose();
    }
}
