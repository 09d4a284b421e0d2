package dev.hearth.config;

import dev.hearth.problem.Problem;

/// A setting that keeps the server from starting.
///
/// @param name the setting's name in the environment
/// @param message what is wrong with it, without its value where that is a secret
/// @param advice what to do
public record SettingProblem(String name, String message, String advice) implements Problem {

    @Override
    public Facts facts() {
        return Facts.of(500, name, message).withHint(advice);
    }
}
