package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.TextNode;

/// A caller's text in quotation marks, as it stands in messages.
final class Quoted {

    private Quoted() {}

    static String of(String text) {
        return TextNode.valueOf(text).toString();
    }
}
