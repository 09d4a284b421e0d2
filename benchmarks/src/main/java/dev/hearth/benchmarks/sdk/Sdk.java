package dev.hearth.benchmarks.sdk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// One of the two that are compared, with all that it needs at run time and nothing else.
///
/// @param main of its receiver
/// @param receivers jars or folders of the receivers' own classes
/// @param jars the SDK with all its dependencies
record Sdk(String name, String main, List<Path> receivers, List<Path> jars) {

    private static final String RECEIVERS = "hearth-benchmarks-";

    /// The Java SDK.
    static Sdk hearth(Path benchmarks) throws IOException {
        return of(
                "hearth-client",
                "dev.hearth.benchmarks.receiver.HearthReceiver",
                benchmarks.resolve("java"));
    }

    /// supabase-kt.
    static Sdk supabaseKt(Path benchmarks) throws IOException {
        return of(
                "supabase-kt",
                "dev.hearth.benchmarks.receiver.SupabaseKtReceiverKt",
                benchmarks.resolve("kotlin"));
    }

    private static Sdk of(String name, String main, Path module) throws IOException {
        Path target = module.resolve("target");
        List<Path> all =
                Arrays.stream(
                                Files.readString(target.resolve("class-path"))
                                        .strip()
                                        .split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new Sdk(
                name,
                main,
                Stream.concat(
                                Stream.of(target.resolve("classes")),
                                all.stream().filter(Sdk::isReceiver))
                        .toList(),
                all.stream().filter(each -> !isReceiver(each)).toList());
    }

    private static boolean isReceiver(Path jar) {
        return jar.getFileName().toString().startsWith(RECEIVERS);
    }

    String classPath() {
        return String.join(
                File.pathSeparator,
                Stream.concat(receivers.stream(), jars.stream()).map(Path::toString).toList());
    }

    /// Of all jars, in bytes.
    long size() throws IOException {
        long size = 0;
        for (Path jar : jars) {
            size += Files.size(jar);
        }
        return size;
    }
}
