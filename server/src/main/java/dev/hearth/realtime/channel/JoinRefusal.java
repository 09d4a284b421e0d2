package dev.hearth.realtime.channel;

/// Why a join is refused, in upstream's words, in the order in which it is asked (realtime.md 3.2
/// and 3.6).
sealed interface JoinRefusal {

    /// Upstream's name for it.
    String code();

    /// Upstream's words for it.
    String text();

    /// What the client is told.
    default String reason() {
        return code() + ": " + text();
    }

    /// The topic is only `realtime:`.
    record NoTopicName() implements JoinRefusal {
        @Override
        public String code() {
            return "TopicNameRequired";
        }

        @Override
        public String text() {
            return "You must provide a topic name";
        }
    }

    /// The server is going down.
    record Restarting() implements JoinRefusal {
        @Override
        public String code() {
            return "RealtimeRestarting";
        }

        @Override
        public String text() {
            return "Realtime is restarting, please standby";
        }
    }

    /// `MAX_JOINS_PER_SECOND`; the socket is closed after it.
    record TooManyJoins() implements JoinRefusal {
        @Override
        public String code() {
            return "ClientJoinRateLimitReached";
        }

        @Override
        public String text() {
            return "Too many joins per second";
        }
    }

    /// `MAX_CHANNELS_PER_CLIENT`
    record TooManyChannels() implements JoinRefusal {
        @Override
        public String code() {
            return "ChannelRateLimitReached";
        }

        @Override
        public String text() {
            return "Too many channels";
        }
    }

    /// The token does not do.
    record BadToken(TokenProblem problem) implements JoinRefusal {
        @Override
        public String code() {
            return problem.code();
        }

        @Override
        public String text() {
            return problem.text();
        }
    }

    /// A private channel, for which there is no permission.
    record NoPermission(String subTopic) implements JoinRefusal {
        @Override
        public String code() {
            return "Unauthorized";
        }

        @Override
        public String text() {
            return "You do not have permissions to read from this Channel topic: " + subTopic;
        }
    }

    /// Replay was asked for on a public channel.
    record NoReplay() implements JoinRefusal {
        @Override
        public String code() {
            return "UnableToReplayMessages";
        }

        @Override
        public String text() {
            return "Replay is not allowed for public channels";
        }
    }

    /// A fault of ours; the log has the rest.
    record Unknown() implements JoinRefusal {
        @Override
        public String code() {
            return "UnknownErrorOnChannel";
        }

        @Override
        public String text() {
            return "Unknown Error on Channel";
        }

        @Override
        public String reason() {
            return text();
        }
    }
}
