package io.alphakeep.trigger;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The server ends a connection on which nothing has come or gone for a while, an unanswered request or not. While somebody
 * waits for the report of a run, nothing does.
 */
final class Silence {

    private static final AttributeKey<Boolean> EXPECTED = AttributeKey.valueOf(Silence.class, "expected");

    private Silence() {}

    /** Of a request that was let in and whose body was read: the connection may be silent until its end. */
    static void isExpected(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().attr(EXPECTED).set(true);
            ChannelPipeline pipeline = connection.channel().pipeline();
            if (pipeline.get(IdleStateHandler.class) != null) {
                pipeline.remove(IdleStateHandler.class);
            }
        }
    }

    /** Whether its connection is no longer watched. */
    static boolean wasExpected(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                && connection.channel().hasAttr(EXPECTED);
    }
}
