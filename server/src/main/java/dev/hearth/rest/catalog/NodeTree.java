package dev.hearth.rest.catalog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The stored definition of a view, as PostgreSQL's `pg_node_tree` prints it, of which the target
/// list is read: `({QUERY … :targetList ({TARGETENTRY … :resno 1 … :resorigtbl 16384 :resorigcol 2
/// …} …) …})`.
///
/// Braces enclose a node, parentheses a list, blanks part tokens; a backslash takes the meaning
/// from the character after it. Nothing else is assumed of the nodes, which change between
/// versions.
final class NodeTree {

    /// Where a column of a view comes from.
    ///
    /// @param position of the view's column, from 1
    /// @param relation a table or a view
    /// @param attribute number of the relation's column
    record Origin(int position, long relation, int attribute) {}

    // List, node, and inside of it a list of nodes: ({QUERY :targetList ({TARGETENTRY
    private static final int IN_QUERY = 2;
    private static final int IN_TARGET_LIST = 3;
    private static final int IN_ENTRY = 4;

    private final String text;
    private final List<Origin> origins = new ArrayList<>();
    private int position;
    private int depth;
    private boolean inTargetList;
    private @Nullable String field;
    private int column;
    private long relation;
    private int attribute;

    private NodeTree(String text) {
        this.text = text;
    }

    /// The columns of the target list that are another relation's as they are.
    static List<Origin> origins(String text) {
        return new NodeTree(text).read();
    }

    private List<Origin> read() {
        boolean more = true;
        while (more && position < text.length()) {
            char character = text.charAt(position);
            switch (character) {
                case '(', '{' -> open();
                case ')', '}' -> more = close();
                case ' ', '\n', '\t' -> position++;
                default -> token(word());
            }
        }
        return origins;
    }

    private void open() {
        if (depth == IN_QUERY && ":targetList".equals(field)) {
            inTargetList = true;
        } else if (inTargetList && depth == IN_TARGET_LIST) {
            relation = 0;
        }
        depth++;
        position++;
        if (!atFields()) {
            return;
        }
        field = null;
    }

    /// Whether more is to be read.
    private boolean close() {
        depth--;
        position++;
        if (inTargetList && depth == IN_TARGET_LIST && relation != 0) {
            origins.add(new Origin(column, relation, attribute));
        }
        if (atFields()) {
            field = null;
        }
        return !(inTargetList && depth == IN_QUERY);
    }

    private boolean atFields() {
        return depth == IN_QUERY || (inTargetList && depth == IN_ENTRY);
    }

    private void token(String word) {
        if (!atFields()) {
            return;
        }
        if (field == null) {
            field = word.startsWith(":") ? word : null;
            return;
        }
        if (inTargetList) {
            switch (field) {
                case ":resno" -> column = Integer.parseInt(word);
                case ":resorigtbl" -> relation = Long.parseLong(word);
                case ":resorigcol" -> attribute = Integer.parseInt(word);
                default -> {}
            }
        }
        field = null;
    }

    private String word() {
        int start = position;
        while (position < text.length() && "(){} \n\t".indexOf(text.charAt(position)) < 0) {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(position, text.length());
        return text.substring(start, position);
    }
}
