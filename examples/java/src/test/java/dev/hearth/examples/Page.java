package dev.hearth.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A page in Markdown, with the Java in it.
///
/// @param name of the file
/// @param blocks in their order
record Page(String name, List<Block> blocks) {

    private static final String BEGIN = "```java";
    private static final String END = "```";

    /// What stands between two fences.
    ///
    /// @param page the name of it
    /// @param line of its first line in the page, from 1
    record Block(String page, int line, List<String> lines) {

        String text() {
            return String.join("\n", lines);
        }

        /// Whether it is a file of its own rather than some statements.
        boolean isClass() {
            return lines.stream().anyMatch(line -> line.matches("(public )?class \\w+ .*"));
        }

        String nameOfClass() {
            return lines.stream()
                    .filter(line -> line.matches("(public )?class \\w+ .*"))
                    .map(line -> line.replaceFirst("(public )?class (\\w+) .*", "$2"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Page read(Path file) {
        try {
            String name = file.getFileName().toString();
            return new Page(name, blocks(name, Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(String page, List<String> lines) {
        var blocks = new ArrayList<Block>();
        int begin = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (begin < 0 && line.equals(BEGIN)) {
                begin = i + 1;
            } else if (begin >= 0 && line.equals(END)) {
                blocks.add(new Block(page, begin + 1, List.copyOf(lines.subList(begin, i))));
                begin = -1;
            }
        }
        if (begin >= 0) {
            throw new IllegalStateException(page + ":" + begin + ": this block has no end");
        }
        return blocks;
    }
}
