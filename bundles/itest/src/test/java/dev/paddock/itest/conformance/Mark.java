package dev.paddock.itest.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A test's promise to show something of an API, read off its annotations.
 *
 * @param type the class that is run, not one that it extends
 */
record Mark(Class<?> type, String method, Api api, Trait trait) {
    /** The marks of all test classes under a directory of classes. */
    static List<Mark> under(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .sorted()
                    .flatMap(name -> of(load(name)).stream())
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, Mark.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class in the build's own directory", e);
        }
    }

    /** The marks of one class and of what it inherits, in no order. */
    static List<Mark> of(Class<?> type) {
        List<Mark> marks = new ArrayList<>();
        if (Modifier.isAbstract(type.getModifiers())) return marks;
        for (Class<?> from = type; from != null; from = from.getSuperclass())
            for (Method method : from.getDeclaredMethods()) {
                for (Shows shows : method.getAnnotationsByType(Shows.class))
                    Arrays.stream(shows.value())
                            .forEach(trait -> marks.add(new Mark(type, method.getName(), shows.api(), trait)));
                Case shown = method.getAnnotation(Case.class);
                if (shown != null) marks.add(new Mark(type, method.getName(), api(type, shown.value()), shown.value()));
            }
        return marks;
    }

    private static Api api(Class<?> type, Trait trait) {
        RealClient client = type.getAnnotation(RealClient.class);
        if (client == null) throw new IllegalStateException(type + " runs the contract of clients without @RealClient");
        return trait == Trait.EMBEDDINGS ? client.vectors() : client.api();
    }

    /** What becomes of the test where everything is there that it needs. */
    Outcome promise() {
        RealClient client = type.getAnnotation(RealClient.class);
        boolean absent = client != null && List.of(client.absent()).contains(trait);
        return absent ? new Outcome(Outcome.Kind.ABSENT, client.because()) : Outcome.PASSED;
    }

    /** Class and method as {@link Results} names them. */
    String test() {
        return type.getName() + '#' + method;
    }
}
