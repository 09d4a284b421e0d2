package dev.hearth.client.internal.json;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

import java.util.Locale;

/// Names the constants of an enum as its labels are in PostgreSQL: in lower case, unless
/// `@JsonProperty` says otherwise.
final class Labels extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        String[] labels = super.findEnumValues(config, type, constants, names);
        for (int i = 0; i < constants.length; i++) {
            if (labels[i] == null) {
                labels[i] = constants[i].name().toLowerCase(Locale.ROOT);
            }
        }
        return labels;
    }
}
