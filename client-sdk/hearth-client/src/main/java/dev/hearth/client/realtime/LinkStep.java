package dev.hearth.client.realtime;

import java.util.List;

/// What became of the socket, and what is to be done about it.
record LinkStep(Link link, List<LinkEffect> effects) {

    LinkStep {
        effects = List.copyOf(effects);
    }

    static LinkStep of(Link link, LinkEffect... effects) {
        return new LinkStep(link, List.of(effects));
    }
}
