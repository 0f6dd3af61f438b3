package dev.hearth.config;

import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.HibernateException;

/**
 * The settings cannot be used. The message lists every problem found, so that one start shows them all. It is Hibernate's
 * exception, because Hibernate and JPA let those through with their message when a session factory cannot be built.
 */
public final class HearthConfigurationException extends HibernateException {
    private static final long serialVersionUID = 1L;

    private final List<SettingProblem> problems;

    /** At least one problem. */
    public HearthConfigurationException(List<SettingProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    public HearthConfigurationException(SettingProblem problem) {
        this(List.of(problem));
    }

    public List<SettingProblem> problems() {
        return problems;
    }

    private static String message(List<SettingProblem> problems) {
        if (problems.isEmpty()) throw new IllegalArgumentException("A configuration exception needs a problem");
        String heading = problems.size() == 1
                ? "Hearth's settings have a problem:"
                : "Hearth's settings have " + problems.size() + " problems:";
        return heading
                + problems.stream()
                        .map(problem -> System.lineSeparator() + "  - " + problem)
                        .collect(Collectors.joining());
    }
}
