package dev.hearth.client.realtime;

import java.util.List;

/// What became of a channel, and what is to be done about it.
record ChannelStep(ChannelLife life, List<ChannelEffect> effects) {

    ChannelStep {
        effects = List.copyOf(effects);
    }

    static ChannelStep of(ChannelLife life, ChannelEffect... effects) {
        return new ChannelStep(life, List.of(effects));
    }
}
