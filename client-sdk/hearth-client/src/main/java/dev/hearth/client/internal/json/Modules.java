package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.util.List;

/// What Jackson has to be taught.
final class Modules {

    private Modules() {}

    static List<Module> all() {
        return List.of(new JavaTimeModule(), new Jdk8Module());
    }
}
