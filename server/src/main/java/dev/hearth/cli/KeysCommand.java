package dev.hearth.cli;

import dev.hearth.token.NewKeys;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `hearth keys`: the secrets of a new project, as lines for its `.env`.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes a JWT secret, a signing key and API keys, as lines for .env.")
final class KeysCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("# Keep these private, save ANON_KEY and SUPABASE_PUBLISHABLE_KEY.");
        NewKeys.make(Instant.now()).forEach((name, value) -> out.println(DotEnv.line(name, value)));
        out.flush();
        return 0;
    }
}
