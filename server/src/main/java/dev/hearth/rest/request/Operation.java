package dev.hearth.rest.request;

import java.util.List;
import java.util.Locale;
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

    /// A word of the URL that stands for an operator or a function.
    sealed interface Operator permits SimpleOperator, QuantifiedOperator, SearchFunction {
        /// The constant.
        String name();

        /// As it stands in a URL.
        default String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// As it stands in a statement.
        String sql();
    }

    /// Operators without a quantifier.
    enum SimpleOperator implements Operator {
        NEQ("<>"),
        CS("@>"),
        CD("<@"),
        OV("&&"),
        SL("<<"),
        SR(">>"),
        NXR("&<"),
        NXL("&>"),
        ADJ("-|-");

        private final String sql;

        SimpleOperator(String sql) {
            this.sql = sql;
        }

        @Override
        public String sql() {
            return sql;
        }
    }

    /// Operators that may be asked of any or all of several values. In the order in which they are
    /// tried: a longer word before the shorter one that it begins with.
    enum QuantifiedOperator implements Operator {
        EQ("="),
        GTE(">="),
        GT(">"),
        LTE("<="),
        LT("<"),
        LIKE("like"),
        ILIKE("ilike"),
        MATCH("~"),
        IMATCH("~*");

        private final String sql;

        QuantifiedOperator(String sql) {
            this.sql = sql;
        }

        @Override
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
        NULL,
        NOT_NULL,
        TRUE,
        FALSE,
        UNKNOWN;

        /// As it stands in a statement.
        public String sql() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// The function that makes a query of the text.
    enum SearchFunction implements Operator {
        FTS("to_tsquery"),
        PLFTS("plainto_tsquery"),
        PHFTS("phraseto_tsquery"),
        WFTS("websearch_to_tsquery");

        private final String sql;

        SearchFunction(String sql) {
            this.sql = sql;
        }

        @Override
        public String sql() {
            return sql;
        }
    }
}
