package dev.hearth.realtime.changes.filter;

/// One condition on one column, as the client wrote it; values are not cast yet.
public sealed interface Filter {

    /// The column's name, as written.
    String column();

    /// The operator's name: `eq`, `in`, ….
    String operator();

    /// The right-hand side; for [In] an array literal.
    String value();

    /// Whether it was written with `not.`.
    boolean negated();

    /// `id=eq.1`, `id=not.gt.5`.
    record Compare(String column, Comparison comparison, String value, boolean negated)
            implements Filter {
        @Override
        public String operator() {
            return comparison.word();
        }
    }

    /// `id=in.(1,2)`; the value is kept as the array literal `{1,2}`.
    record In(String column, String value, boolean negated) implements Filter {
        @Override
        public String operator() {
            return "in";
        }
    }

    /// `done=is.null`; whether the word is one of the four is decided at subscribe.
    record Is(String column, String value, boolean negated) implements Filter {
        @Override
        public String operator() {
            return "is";
        }
    }

    /// `title=like.a%`, `title=imatch.^a`.
    record Matches(String column, Pattern pattern, String value, boolean negated)
            implements Filter {
        @Override
        public String operator() {
            return pattern.word();
        }
    }

    /// `owner=isdistinct.1`.
    record Distinct(String column, String value, boolean negated) implements Filter {
        @Override
        public String operator() {
            return "isdistinct";
        }
    }

    /// Operators that compare.
    enum Comparison {
        EQ("eq", "="),
        NEQ("neq", "<>"),
        LT("lt", "<"),
        LTE("lte", "<="),
        GT("gt", ">"),
        GTE("gte", ">=");

        private final String word;
        private final String symbol;

        Comparison(String word, String symbol) {
            this.word = word;
            this.symbol = symbol;
        }

        /// As a client writes it.
        public String word() {
            return word;
        }

        /// As SQL writes it.
        public String symbol() {
            return symbol;
        }
    }

    /// Operators that match a pattern.
    enum Pattern {
        LIKE("like", "~~"),
        ILIKE("ilike", "~~*"),
        MATCH("match", "~"),
        IMATCH("imatch", "~*");

        private final String word;
        private final String symbol;

        Pattern(String word, String symbol) {
            this.word = word;
            this.symbol = symbol;
        }

        /// As a client writes it.
        public String word() {
            return word;
        }

        /// The operator's name in `pg_operator`.
        public String symbol() {
            return symbol;
        }
    }
}
