package dev.hearth.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles the Java of pages as their readers would: with the usual imports, and with variables of
/// the usual names.
final class PageCompiler {

    private static final String IMPORTS =
            """
            import static dev.hearth.client.realtime.PostgresEvent.*;
            import static dev.hearth.client.realtime.PresenceEvent.*;
            import dev.hearth.client.*;
            import dev.hearth.client.auth.*;
            import dev.hearth.client.database.*;
            import dev.hearth.client.error.*;
            import dev.hearth.client.functions.*;
            import dev.hearth.client.json.*;
            import dev.hearth.client.realtime.*;
            import dev.hearth.client.storage.*;
            import java.io.InputStream;
            import java.net.URI;
            import java.nio.ByteBuffer;
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.stream.Stream;
            """;

    /// What every page speaks of without making it.
    private static final String USUAL =
            IMPORTS
                    + """
                    abstract class Usual {
                        record Message(long id, String name, String body) {}
                        record Task(long id, String title, boolean done) {}
                        record NewTask(String title) {}
                        record Todo(long id, String task) {}
                        record Person(String name) {}
                        record Cursor(int x, int y) {}

                        String url, key, token, email, password, redirectTo, code, idToken;
                        String accessToken, refreshToken, authorization;
                        byte[] bytes;
                        LocalDate today;
                        UUID id, factorId;
                        List<NewTask> rows;
                        SupabaseClient client;
                        SelectBuilder query;
                        Channel channel;

                        abstract void show(Object anything);
                    }
                    """;

    private final Path classes;
    private final Map<String, Source> sources = new HashMap<>();

    /// @param classes where class files go
    PageCompiler(Path classes) {
        this.classes = classes;
        add(new Source("Usual", USUAL, "PageCompiler.java", 1, 1));
    }

    /// @param first line of the text that stands in the page
    private record Source(String name, String text, String page, int first, int lineInPage) {

        String at(long line) {
            return page + ":" + (line - first + lineInPage);
        }
    }

    private void add(Source source) {
        sources.put(source.name(), source);
    }

    void add(Page.Block block) {
        if (block.isClass()) {
            add(new Source(block.nameOfClass(), block.text(), block.page(), 1, block.line()));
            return;
        }
        String name = "Block" + sources.size();
        String head =
                IMPORTS
                        + "abstract class "
                        + name
                        + " extends Usual {\n@SuppressWarnings(\"unused\") void block() throws"
                        + " Exception {\n";
        int first = (int) head.lines().count() + 1;
        add(new Source(name, head + block.text() + "\n}\n}\n", block.page(), first, block.line()));
    }

    /// Compiles all that was added.
    ///
    /// @return what is wrong, each with its place in the page
    List<String> compile() {
        var said = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(said, Locale.ROOT, null)) {
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-nowarn", "-d", classes.toString());
            List<Text> units = sources.values().stream().map(Text::new).toList();
            boolean worked = compiler.getTask(null, files, said, options, null, units).call();
            List<String> errors = errors(said);
            return worked || !errors.isEmpty() ? errors : List.of("javac failed without a word");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> errors(DiagnosticCollector<JavaFileObject> said) {
        var errors = new ArrayList<String>();
        for (var diagnostic : said.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                String place =
                        diagnostic.getSource() instanceof Text text
                                ? text.source.at(diagnostic.getLineNumber())
                                : "?";
                errors.add(place + ": " + diagnostic.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    private static final class Text extends SimpleJavaFileObject {

        private final Source source;

        private Text(Source source) {
            super(URI.create("text:///" + source.name() + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }
}
