package io.alphakeep.trigger;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Who may come in, before anything else is looked at. Health and metrics have their own paths, and are open.
 * Not a singleton: the framework makes those before there are settings.
 */
@Provider
@PreMatching
@ApplicationScoped
class Gate implements ContainerRequestFilter {

    private final boolean platform;
    private final Optional<Token> token;

    Gate(AlphakeepConfig config) {
        this.platform = Setting.PLATFORM.equals(config.http().auth());
        this.token = config.http().token().map(Token::new);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (platform) {
            return;
        }
        if (token.isEmpty()) {
            request.abortWith(Answers.last(
                    404,
                    "There is nothing here: no token is configured, and so this door is closed.",
                    "Set " + Setting.HTTP_TOKEN.variable() + " to open it."));
        } else if (!token.get().isIn(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            request.abortWith(Answers.errorBuilder(
                            401,
                            "The bearer token is missing or wrong.",
                            "Send the header Authorization: Bearer with the value of " + Setting.HTTP_TOKEN.variable()
                                    + ".")
                    .header(Answers.CONNECTION, Answers.CLOSE)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"alphakeep\"")
                    .build());
        }
    }
}
