package dev.hearth.benchmarks.sdk;

/// What is printed: a figure of each SDK, and how many times as large the Java SDK's is.
final class Table {

    private Table() {}

    static void head() {
        System.out.printf("%-52s %13s %13s %6s%n", "", "hearth-client", "supabase-kt", "ratio");
    }

    /// @param format of a figure
    static void row(String what, String format, double ours, double theirs) {
        System.out.printf(
                "%-52s %13s %13s %6.2f%n",
                what, format.formatted(ours), format.formatted(theirs), ours / theirs);
    }
}
