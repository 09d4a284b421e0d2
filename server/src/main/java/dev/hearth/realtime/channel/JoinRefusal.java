package dev.hearth.realtime.channel;

/// Why a join is refused, in upstream's words, in the order in which it is asked (realtime.md 3.2
/// and 3.6); [#words()] is the one table of them.
sealed interface JoinRefusal {

    /// The topic is only `realtime:`.
    record NoTopicName() implements JoinRefusal {}

    /// The server is going down.
    record Restarting() implements JoinRefusal {}

    /// `MAX_JOINS_PER_SECOND`; the socket is closed after it.
    record TooManyJoins() implements JoinRefusal {}

    /// `MAX_CHANNELS_PER_CLIENT`
    record TooManyChannels() implements JoinRefusal {}

    /// The token does not do.
    record BadToken(TokenProblem problem) implements JoinRefusal {}

    /// A private channel, for which there is no permission.
    record NoPermission(String subTopic) implements JoinRefusal {}

    /// Replay was asked for on a public channel.
    record NoReplay() implements JoinRefusal {}

    /// A fault of ours; the log has the rest.
    record Unknown() implements JoinRefusal {}

    /// The table.
    default Words words() {
        return switch (this) {
            case NoTopicName _ -> new Words("TopicNameRequired", "You must provide a topic name");
            case Restarting _ ->
                    new Words("RealtimeRestarting", "Realtime is restarting, please standby");
            case TooManyJoins _ ->
                    new Words("ClientJoinRateLimitReached", "Too many joins per second");
            case TooManyChannels _ -> new Words("ChannelRateLimitReached", "Too many channels");
            case BadToken(TokenProblem problem) -> problem.words();
            case NoPermission(String subTopic) ->
                    new Words(
                            "Unauthorized",
                            "You do not have permissions to read from this Channel topic: "
                                    + subTopic);
            case NoReplay _ ->
                    new Words(
                            "UnableToReplayMessages", "Replay is not allowed for public channels");
            case Unknown _ -> new Words("UnknownErrorOnChannel", "Unknown Error on Channel");
        };
    }

    /// Upstream's name for it.
    default String code() {
        return words().code();
    }

    /// Upstream's words for it.
    default String text() {
        return words().text();
    }

    /// What the client is told.
    default String reason() {
        return this instanceof Unknown ? text() : code() + ": " + text();
    }
}
