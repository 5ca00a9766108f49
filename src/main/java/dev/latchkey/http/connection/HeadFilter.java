package dev.latchkey.http.connection;

import io.micronaut.context.BeanProvider;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteMatch;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets a {@link RequestDecoder.HeadRequest} be seen as what it is wherever HEAD does less than GET. */
@ServerFilter(value = ServerFilter.MATCH_ALL_PATTERN, methods = HttpMethod.GET)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class HeadFilter {
    /** The one GET that changes something, as its source has it. */
    private static final String CONFIRMS = "/confirm_registration/";

    private final BeanProvider<Router> router;

    HeadFilter(BeanProvider<Router> router) {
        this.router = router;
    }

    @RequestFilter
    @PreMatching
    HttpRequest<?> asItWasSent(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                        && netty.getNativeRequest() instanceof RequestDecoder.HeadRequest
                        && doesLess(request.getPath())
                ? new Head<>(request)
                : request;
    }

    /** Whether HEAD has a route of its own here, or none, or is told apart by the route of both. */
    private boolean doesLess(String path) {
        return path.contains(CONFIRMS) || !methods(HttpMethod.HEAD, path).equals(methods(HttpMethod.GET, path));
    }

    private Set<ExecutableMethod<?, ?>> methods(HttpMethod method, String path) {
        return router.get()
                .find(method, path, null)
                .map(UriRouteMatch::getExecutableMethod)
                .collect(Collectors.toSet());
    }

    private static final class Head<B> extends HttpRequestWrapper<B> {
        Head(HttpRequest<B> request) {
            super(request);
        }

        @Override
        public HttpMethod getMethod() {
            return HttpMethod.HEAD;
        }

        @Override
        public String getMethodName() {
            return HttpMethod.HEAD.name();
        }
    }
}
