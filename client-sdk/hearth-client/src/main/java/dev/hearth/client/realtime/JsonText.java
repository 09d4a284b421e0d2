package dev.hearth.client.realtime;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

/// Finds its way through JSON text without making anything of it: where a value ends, what a field
/// is called. Whoever wants a value has Jackson read its part of the text, on the handler's thread.
/// It is as lenient as finding ends allows; what it lets through, Jackson still refuses.
final class JsonText {

    private JsonText() {}

    /// The frame is not what the protocol says.
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    /// The first place from here that is no blank.
    static int skipBlank(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        if (at == text.length()) {
            throw new MalformedException("it ends too soon");
        }
        return at;
    }

    /// Where the value that begins here ends.
    static int end(String text, int from) {
        char first = text.charAt(from);
        if (first == '"') {
            return endOfString(text, from);
        }
        return first == '{' || first == '[' ? endOfNested(text, from) : endOfWord(text, from);
    }

    private static int endOfString(String text, int from) {
        int at = from;
        while (true) {
            at = text.indexOf('"', at + 1);
            if (at < 0) {
                throw new MalformedException("a text has no end");
            }
            int slashes = at;
            while (text.charAt(slashes - 1) == '\\') {
                slashes--;
            }
            if ((at - slashes) % 2 == 0) {
                return at + 1;
            }
        }
    }

    private static int endOfNested(String text, int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfString(text, at);
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
            if (depth == 0) {
                return at;
            }
        }
        throw new MalformedException("a bracket is never closed");
    }

    private static int endOfWord(String text, int from) {
        int at = from;
        while (at < text.length() && ",]}: \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw new MalformedException("a value is missing");
        }
        return at;
    }

    /// The text between quotation marks, marks included in the range.
    static String string(String text, int from, int to) {
        String inner = text.substring(from + 1, to - 1);
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        try {
            return Json.parse(text.substring(from, to)).asText();
        } catch (JsonMappingException e) {
            throw new MalformedException("a text is written wrongly");
        }
    }

    /// Goes through the fields of an object, in their order.
    static final class Fields {
        private final String text;
        private int at;
        private int nameFrom;
        private int nameTo;
        int from;
        int to;

        Fields(String text, int start) {
            this.text = text;
            int open = skipBlank(text, start);
            if (text.charAt(open) != '{') {
                throw new MalformedException("it is no object");
            }
            at = open + 1;
        }

        /// To the next field, if there is one.
        boolean next() {
            at = skipBlank(text, at);
            char c = text.charAt(at);
            if (c == '}') {
                return false;
            }
            if (c == ',') {
                at = skipBlank(text, at + 1);
            }
            if (text.charAt(at) != '"') {
                throw new MalformedException("a field has no name");
            }
            nameFrom = at;
            nameTo = endOfString(text, at);
            at = skipBlank(text, nameTo);
            if (text.charAt(at) != ':') {
                throw new MalformedException("a field has no value");
            }
            from = skipBlank(text, at + 1);
            to = end(text, from);
            at = to;
            return true;
        }

        /// Whether the field is called so; the name needs no escapes.
        boolean is(String name) {
            return nameTo - nameFrom == name.length() + 2 && text.startsWith(name, nameFrom + 1);
        }

        String name() {
            return string(text, nameFrom, nameTo);
        }

        boolean isNull() {
            return text.startsWith("null", from) && to - from == 4;
        }

        /// The value as a text; null where it is no text.
        @Nullable String stringOrNull() {
            return text.charAt(from) == '"' ? string(text, from, to) : null;
        }

        /// The value as it stands.
        String raw() {
            return text.substring(from, to);
        }
    }
}
