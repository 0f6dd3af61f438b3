package dev.hearth.sample.infra;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/** Commands of the operating system, run to their end. */
final class Command {
    private Command() {}

    /**
     * Runs a command and answers what it printed.
     *
     * @throws IOException if it cannot be started or ends with another code than 0; the message holds what it printed
     */
    static String run(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words)
                // The shop may have been started where an unprivileged user may not enter.
                .directory(TempFiles.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", words) + " ended with code " + code + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while running " + String.join(" ", words), e);
        }
        return output;
    }
}
