package dev.hearth.encoding;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A model compiled from a text, so that one class name can have several versions, each in a class loader of its own. */
final class CompiledModel {
    private CompiledModel() {}

    /** Compiles the source of one class and loads it. */
    static Class<?> of(String className, String source, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, problems, options, null, List.of(new Source(className, source)))
                    .call()) {
                throw new AssertionError(problems.getDiagnostics());
            }
            return Class.forName(className, true, new URLClassLoader(new URL[] {url(directory)}));
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toUri().toURL();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
