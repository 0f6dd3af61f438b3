package dev.hearth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** A management console in a process of its own, which has none of our classes in its way of reading: what it prints. */
final class RemoteConsole implements AutoCloseable {
    private final JMXConnectorServer server;

    private RemoteConsole(JMXConnectorServer server) {
        this.server = server;
    }

    /** Opens this process's MBeans to others, on a port that is free. */
    static RemoteConsole open() throws IOException {
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "localhost", 0), null, ManagementFactory.getPlatformMBeanServer());
        server.start();
        return new RemoteConsole(server);
    }

    /**
     * Does these things in another process, and answers what each has printed.
     *
     * @param orders each {@code names PATTERN}, {@code get NAME ATTRIBUTE} or {@code call NAME OPERATION [TEXT]}, as words
     */
    List<String> run(List<List<String>> orders) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                RemoteConsole.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                RemoteConsole.class.getName(),
                server.getAddress().toString()));
        orders.forEach(order -> {
            command.add(String.valueOf(order.size()));
            command.addAll(order);
        });
        Process console = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(console.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!console.waitFor(1, TimeUnit.MINUTES) || console.exitValue() != 0) {
            throw new AssertionError("The console has failed: " + printed);
        }
        return printed.lines().toList();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param args the address, and for each order the number of its words and the words */
    // The other end is the test that has started this process.
    @SuppressWarnings("BanJNDI")
    public static void main(String[] args) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(args[0]))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (int at = 1; at < args.length; at += Integer.parseInt(args[at]) + 1) {
                List<String> words = List.of(args).subList(at + 1, at + 1 + Integer.parseInt(args[at]));
                System.out.println(obey(server, words));
            }
        }
    }

    private static String obey(MBeanServerConnection server, List<String> words) throws IOException {
        try {
            ObjectName name = new ObjectName(words.get(1));
            return switch (words.get(0)) {
                case "names" -> String.valueOf(server.queryNames(name, null).size());
                case "get" -> text(server.getAttribute(name, words.get(2)));
                default -> {
                    boolean text = words.size() > 3;
                    yield String.valueOf(server.invoke(
                            name,
                            words.get(2),
                            text ? new Object[] {words.get(3)} : null,
                            text ? new String[] {String.class.getName()} : null));
                }
            };
        } catch (JMException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        } catch (RuntimeMBeanException e) {
            return e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
        }
    }

    private static String text(Object value) {
        if (value instanceof TabularData table) {
            List<String> rows = new ArrayList<>();
            table.values()
                    .forEach(row ->
                            rows.add(((CompositeData) row).get("key") + "=" + ((CompositeData) row).get("value")));
            return String.valueOf(rows);
        }
        return value instanceof Object[] array ? String.valueOf(List.of(array)) : String.valueOf(value);
    }
}
