package dev.hearth.database;

import dev.hearth.token.Caller;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The settings of a transaction under a caller, in the order in which they are set (rest.md 13):
/// the search path of the request, what the role asks for, while the login role still may set it,
/// the role, its claims, and what else there is to know of the request.
///
/// Mirrors PostgREST v14 `src/PostgREST/Query/PreQuery.hs`.
///
/// @param values setting name to text
record CallerSettings(Map<String, String> values) {

    private static final String SEARCH_PATH = "search_path";

    CallerSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static CallerSettings of(
            Caller caller, Map<String, String> roleSettings, RequestSettings request) {
        var all = new LinkedHashMap<String, String>();
        String searchPath = request.values().get(SEARCH_PATH);
        if (searchPath != null) {
            all.put(SEARCH_PATH, searchPath);
        }
        all.putAll(roleSettings);
        all.put("role", caller.role());
        all.put("request.jwt.claims", caller.claims());
        request.values()
                .forEach(
                        (name, value) -> {
                            if (!name.equals(SEARCH_PATH)) {
                                // Puts what the role asked for as well to its later place.
                                all.remove(name);
                                all.put(name, value);
                            }
                        });
        return new CallerSettings(all);
    }

    /// One statement that sets them all until the transaction ends, with a name and a value for
    /// each.
    String text() {
        return values.keySet().stream()
                .map(name -> "set_config(?,?,true)")
                .collect(Collectors.joining(",", "select ", ""));
    }

    Command command() {
        return new Command(
                text(),
                values.entrySet().stream()
                        .<Command.Value>mapMulti(
                                (setting, each) -> {
                                    each.accept(new Command.Value.Text(setting.getKey()));
                                    each.accept(new Command.Value.Text(setting.getValue()));
                                })
                        .toList());
    }
}
