package dev.hearth.boot.autoconfigure;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which settings are wrong and what to do, in the names of {@code application.properties}. */
final class HearthConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<HearthConfigurationException> {
    private static final Pattern HIBERNATE_NAME =
            Pattern.compile("hibernate\\.(?:cache\\.hearth|hearth\\.warming)\\.[\\w.$-]*[\\w$-]");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HearthConfigurationException cause) {
        List<SettingProblem> problems = cause.problems();
        String description = (problems.size() == 1
                        ? "A setting of Hearth's is wrong:"
                        : problems.size() + " settings of Hearth's are wrong:")
                + each(problems, problem -> problem.key() + " " + problem.description());
        String action = "Change it:" + each(problems, problem -> problem.key() + ": " + problem.remedy())
                + "\n\nEach name stands under hearth. in the application's properties; what was set as one of Hibernate's"
                + " own, under spring.jpa.properties.hibernate.cache.hearth. or spring.jpa.properties.hibernate.hearth.warming.,"
                + " is to be changed there.";
        return new FailureAnalysis(description, action, cause);
    }

    private static String each(List<SettingProblem> problems, Function<SettingProblem, String> text) {
        return problems.stream()
                .map(problem -> "\n\n    " + inPropertyNames(text.apply(problem)))
                .collect(Collectors.joining());
    }

    private static String inPropertyNames(String text) {
        return HIBERNATE_NAME
                .matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(PropertyNames.property(name.group())));
    }
}
