package dev.hearth.database;

import dev.hearth.database.Command.Value.Text;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.token.Caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The statement that makes the settings of a transaction under a caller until it ends, in this
/// order (rest.md 13): the search path of the request, what the role asks for, while the login role
/// still may set it, the role, its claims, and what else there is to know of the request. What role
/// and request both set has the request's value.
///
/// Mirrors PostgREST v14 `src/PostgREST/Query/PreQuery.hs`.
final class CallerSettings {

    private static final String SEARCH_PATH = "search_path";

    /// The statement for settings of these names, which a database and its roles have few kinds of.
    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    private final List<String> names = new ArrayList<>();
    private final List<Command.Value> values = new ArrayList<>();

    private CallerSettings() {}

    static Command command(
            Caller caller, Map<String, String> roleSettings, RequestSettings request) {
        var all = new CallerSettings();
        for (Setting setting : request.settings()) {
            if (setting.name().equals(SEARCH_PATH)) {
                all.set(setting.name(), setting.value());
            }
        }
        roleSettings.forEach(
                (name, value) -> {
                    if (!request.sets(name)) {
                        all.set(name, value);
                    }
                });
        all.set("role", caller.role());
        all.set("request.jwt.claims", caller.claims());
        for (Setting setting : request.settings()) {
            if (!setting.name().equals(SEARCH_PATH)) {
                all.set(setting.name(), setting.value());
            }
        }
        return new Command(text(all.names), all.values);
    }

    private void set(String name, String value) {
        names.add(name);
        values.add(new Text(value));
    }

    /// A name in the text costs the database less than one in a place of its own.
    private static String text(List<String> names) {
        String known = TEXTS.get(names);
        if (known != null) {
            return known;
        }
        String text =
                names.stream()
                        .map(name -> "set_config(" + literal(name) + ",?,true)")
                        .collect(Collectors.joining(",", "select ", ""));
        TEXTS.put(List.copyOf(names), text);
        return text;
    }

    private static String literal(String name) {
        return "'" + name.replace("'", "''") + "'";
    }
}
