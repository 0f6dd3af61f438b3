package dev.hearth.hibernate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in the application a call came from. */
final class CallSite {
    private static final List<String> NOT_THE_APPLICATION =
            List.of("org.hibernate.", "java.", "jdk.", "sun.", "jakarta.", "com.sun.proxy.", "org.springframework.");

    private static final Set<String> OURS =
            Set.of(CallSite.class.getName(), NativeStatementGuard.class.getName(), DomainAccess.class.getName());

    private CallSite() {}

    /** The application's call that has led here through the class of this name; null if none has. */
    static @Nullable String ofStatement(String through) {
        return StackWalker.getInstance().walk(frames -> {
            List<StackWalker.StackFrame> stack = frames.toList();
            return stack.stream().noneMatch(frame -> frame.getClassName().equals(through))
                    ? null
                    : stack.stream()
                            .filter(frame -> !OURS.contains(frame.getClassName())
                                    && NOT_THE_APPLICATION.stream().noneMatch(frame.getClassName()::startsWith))
                            .findFirst()
                            .map(frame -> frame.toStackTraceElement().toString())
                            .orElse("unknown");
        });
    }
}
