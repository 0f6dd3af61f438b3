package dev.hearth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;

/** A node of a test's own, and what the doctor says of it. */
final class Patient implements AutoCloseable {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    private final Nodes nodes;

    Patient(Nodes.Builder builder) {
        nodes = builder.start(1);
    }

    NodeFixture node() {
        return nodes.get(0);
    }

    Doctor doctor() {
        return factory().doctor();
    }

    HearthRegionFactory factory() {
        return (HearthRegionFactory) node().implementor().getCache().getRegionFactory();
    }

    /** What the findings of this kind are about, which the page about operations explains. */
    List<String> findings(String code) {
        assertThat(PAGE).content().contains("`" + code + "`");
        return doctor().examine().stream()
                .filter(finding -> finding.code().equals(code))
                .map(Finding::subject)
                .toList();
    }

    void inTransaction(Consumer<Session> work) {
        node().inTransaction(work);
    }

    /** Waits until no command of the node is under way. */
    void settle() {
        Eventually.holds(
                "no command is under way",
                () -> factory().hibernate().node().tier().inFlight() == 0);
    }

    <T> T ask(Function<Session, T> question) {
        return node().fromTransaction(question);
    }

    @Override
    public void close() {
        nodes.close();
    }
}
