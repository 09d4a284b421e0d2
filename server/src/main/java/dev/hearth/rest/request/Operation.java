package dev.hearth.rest.request;

import java.util.List;
import java.util.Optional;

/// What a filter asks of a field. Values are as sent: the database coerces them to the column's
/// type.
public sealed interface Operation {

    /// `cs.{a,b}`
    record Simple(SimpleOperator operator, String value) implements Operation {}

    /// `eq.3`, `like(any).{a*,b*}`
    record Quantified(QuantifiedOperator operator, Optional<Quantifier> quantifier, String value)
            implements Operation {}

    /// `in.(1,2,"a,b")`
    record In(List<String> values) implements Operation {
        /// Copies the list.
        public In {
            values = List.copyOf(values);
        }
    }

    /// `is.null`
    record Is(IsValue value) implements Operation {}

    /// `isdistinct.3`
    record IsDistinct(String value) implements Operation {}

    /// `fts(english).cat`
    ///
    /// @param configuration of the text search
    record TextSearch(SearchFunction function, Optional<String> configuration, String query)
            implements Operation {}

    /// Operators without a quantifier.
    enum SimpleOperator {
        NEQ("neq", "<>"),
        CS("cs", "@>"),
        CD("cd", "<@"),
        OV("ov", "&&"),
        SL("sl", "<<"),
        SR("sr", ">>"),
        NXR("nxr", "&<"),
        NXL("nxl", "&>"),
        ADJ("adj", "-|-");

        private final String word;
        private final String sql;

        SimpleOperator(String word, String sql) {
            this.word = word;
            this.sql = sql;
        }

        /// As it stands in a URL.
        public String word() {
            return word;
        }

        /// As it stands in a statement.
        public String sql() {
            return sql;
        }
    }

    /// Operators that may be asked of any or all of several values. In the order in which they are
    /// tried: a longer word before the shorter one that it begins with.
    enum QuantifiedOperator {
        EQ("eq", "="),
        GTE("gte", ">="),
        GT("gt", ">"),
        LTE("lte", "<="),
        LT("lt", "<"),
        LIKE("like", "like"),
        ILIKE("ilike", "ilike"),
        MATCH("match", "~"),
        IMATCH("imatch", "~*");

        private final String word;
        private final String sql;

        QuantifiedOperator(String word, String sql) {
            this.word = word;
            this.sql = sql;
        }

        /// As it stands in a URL.
        public String word() {
            return word;
        }

        /// As it stands in a statement.
        public String sql() {
            return sql;
        }
    }

    /// How many of several values must fit.
    enum Quantifier {
        ANY,
        ALL
    }

    /// What `is` may be followed by.
    enum IsValue {
        NULL("null"),
        NOT_NULL("not null"),
        TRUE("true"),
        FALSE("false"),
        UNKNOWN("unknown");

        private final String sql;

        IsValue(String sql) {
            this.sql = sql;
        }

        /// As it stands in a statement.
        public String sql() {
            return sql;
        }
    }

    /// The function that makes a query of the text.
    enum SearchFunction {
        FTS("fts", "to_tsquery"),
        PLFTS("plfts", "plainto_tsquery"),
        PHFTS("phfts", "phraseto_tsquery"),
        WFTS("wfts", "websearch_to_tsquery");

        private final String word;
        private final String sql;

        SearchFunction(String word, String sql) {
            this.word = word;
            this.sql = sql;
        }

        /// As it stands in a URL.
        public String word() {
            return word;
        }

        /// As it stands in a statement.
        public String sql() {
            return sql;
        }
    }
}
