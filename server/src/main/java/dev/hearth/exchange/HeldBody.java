package dev.hearth.exchange;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// A body that is there already, and may be read as often as one likes.
record HeldBody(Bytes content) implements Request.Body {

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(content.array());
    }

    @Override
    public byte[] bytes() {
        return content.array();
    }
}
