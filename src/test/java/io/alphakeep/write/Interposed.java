package io.alphakeep.write;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** A connection in whose way something happens, once, just before a statement is prepared or a savepoint is set. */
final class Interposed {

    static final String SAVEPOINT = "SAVEPOINT";

    private final String beginning;
    private final Runnable what;
    private boolean happened;

    /** @param beginning of the statement; or {@link #SAVEPOINT} */
    Interposed(String beginning, Runnable what) {
        this.beginning = beginning;
        this.what = what;
    }

    boolean happened() {
        return happened;
    }

    Connection on(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Interposed.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    String statement = method.getName().equals("setSavepoint")
                            ? SAVEPOINT
                            : method.getName().equals("prepareStatement") ? (String) arguments[0] : "";
                    if (!happened && statement.startsWith(beginning)) {
                        happened = true;
                        what.run();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
