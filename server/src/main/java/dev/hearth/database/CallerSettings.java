package dev.hearth.database;

import dev.hearth.database.Command.Value.Text;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.token.Caller;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The statement that makes the settings of a transaction under a caller until it ends, in this
/// order (rest.md 13): the search path of the request, what the role asks for, while the login role
/// still may set it, the role, its claims, and what else there is to know of the request. What role
/// and request both set has the request's value.
///
/// Mirrors PostgREST v14 `src/PostgREST/Query/PreQuery.hs`.
final class CallerSettings {

    private static final String SEARCH_PATH = "search_path";

    /// The statement for a number of settings, with a name and a value for each.
    private static final Map<Integer, String> TEXTS = new ConcurrentHashMap<>();

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
        return new Command(text(all.values.size() / 2), all.values);
    }

    private void set(String name, String value) {
        values.add(new Text(name));
        values.add(new Text(value));
    }

    private static String text(int settings) {
        return TEXTS.computeIfAbsent(
                settings,
                count ->
                        "select "
                                + String.join(
                                        ",", Collections.nCopies(count, "set_config(?,?,true)")));
    }
}
