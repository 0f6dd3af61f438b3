package dev.hearth.sample.infra;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in place of a stack trace why the shop has no servers. */
final class NoServersAnalyzer extends AbstractFailureAnalyzer<NoServersException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoServersException cause) {
        return new FailureAnalysis(
                "The shop's PostgreSQL and Redis did not start: " + cause.getMessage(),
                "Give it running ones: --shop.postgres.url='jdbc:postgresql://localhost:5432/shop?user=shop&password=secret'"
                        + " --shop.redis.url=redis://localhost:6379",
                cause);
    }
}
