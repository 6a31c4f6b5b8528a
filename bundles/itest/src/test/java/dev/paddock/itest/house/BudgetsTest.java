package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Sizes and names that keep the code readable: budgets of the house, with a short list of named exceptions. */
class BudgetsTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 6;

    /** Bindings and tables: one signature beside the other is what makes them readable. */
    private static final Set<String> LONG_FILES = Set.of();

    @Test
    void filesAndMethodsStayWithinTheirBudgets() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES && !LONG_FILES.contains(file.getFileName().toString()))
                complaints.add(name(file) + " has " + lines + " lines, the budget is " + FILE_LINES);
        }
        parse(sources(), (file, method, length) -> {
            String where = name(file) + " " + method.getName();
            int parameters = method.getParameters().size();
            if (length > METHOD_LINES)
                complaints.add(where + " has " + length + " lines, the budget is " + METHOD_LINES);
            if (parameters > PARAMETERS && !isRecordConstructor(method))
                complaints.add(where + " takes " + parameters + " parameters; make them a record");
        });
        assertThat(complaints).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() throws IOException {
        assertThat(sources())
                .extracting(f -> f.getFileName().toString())
                .noneMatch(n -> n.matches(".*(Impl|Utils?|Manager|Helper)\\.java"));
    }

    @Test
    void everyBundleHasAReadme() throws IOException {
        try (var rooms = Files.list(Layout.root().resolve("bundles"))) {
            assertThat(rooms.filter(Files::isDirectory)).allMatch(r -> Files.exists(r.resolve("README.md")));
        }
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Layout.root())) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("/src/"))
                    .filter(f ->
                            !f.toString().contains("/target/") && !f.toString().contains("/node_modules/"))
                    .toList();
        }
    }

    private static String name(Path file) {
        return Layout.root().relativize(file).toString();
    }

    private static boolean isRecordConstructor(MethodTree method) {
        return method.getReturnType() == null
                && !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
    }

    private interface Visitor {
        void visit(Path file, MethodTree method, long lines);
    }

    /** One compiler task for all files: starting the compiler is what takes time. */
    private static void parse(List<Path> sources, Visitor visitor) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, d -> {}, List.of("--release", "25"), null, files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) new MethodScanner(unit, positions, visitor).scan(unit, null);
        }
    }

    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Visitor visitor;

        MethodScanner(CompilationUnitTree unit, SourcePositions positions, Visitor visitor) {
            this.unit = unit;
            this.positions = positions;
            this.visitor = visitor;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
                visitor.visit(Path.of(unit.getSourceFile().toUri()), method, last - first + 1);
            }
            return super.visitMethod(method, nothing);
        }
    }
}
