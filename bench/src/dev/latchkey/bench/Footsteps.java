package dev.latchkey.bench;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Listens, as a debugger does, to which methods of ours a server enters while it answers. */
final class Footsteps implements AutoCloseable {
    private static final String OURS = "dev.latchkey.";
    private static final long QUIET_MILLIS = 500;

    private final VirtualMachine server;
    private final MethodEntryRequest entries;

    private Footsteps(VirtualMachine server) {
        this.server = server;
        entries = server.eventRequestManager().createMethodEntryRequest();
        entries.addClassFilter(OURS + "*");
        entries.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    }

    static List<String> jvmOptions(int port) {
        return List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port,
                // Under a debugger a step takes seconds, in which the outbox would be looked at now and then.
                "-Dlatchkey.mail-poll-interval=1h");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static Footsteps attach(int port) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        return new Footsteps(sockets.attach(arguments));
    }

    /** What somebody asks of the server. */
    interface Way {
        Object go() throws Exception;
    }

    /**
     * What a way passed.
     *
     * @param files the sources on it; not the SQLite layer, and not the delivery of mails, which follows later
     * @param statements that it and its mail sent to the database
     * @param commits of transactions that wrote, its mail's too
     */
    record Passed(SortedSet<String> files, int statements, int commits) {}

    Passed of(Way way) throws Exception {
        SortedSet<String> passed = new TreeSet<>();
        int statements = 0;
        int commits = 0;
        List<Exception> failures = new ArrayList<>();
        Map<ReferenceType, String> sources = new HashMap<>();
        entries.enable();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                way.go();
            } catch (Exception e) {
                failures.add(e);
            }
        });
        while (true) {
            EventSet events = server.eventQueue().remove(QUIET_MILLIS);
            if (events == null) {
                if (caller.isAlive()) {
                    continue;
                }
                break;
            }
            for (Event event : events) {
                if (!(event instanceof MethodEntryEvent entry) || isScheduled(entry)) {
                    continue;
                }
                statements += is(entry, "SqliteHandle", "prepare");
                commits += is(entry, "SqliteBatch", "end");
                String source = sources.computeIfAbsent(entry.method().declaringType(), Footsteps::source);
                if (!source.isEmpty() && !entry.thread().name().startsWith("mail")) {
                    passed.add(source);
                }
            }
            events.resume();
        }
        entries.disable();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return new Passed(passed, statements, commits);
    }

    /** What would have come by without anybody's asking, such as cleaning. */
    private static boolean isScheduled(MethodEntryEvent entry) {
        return entry.thread().name().startsWith("scheduled");
    }

    private static int is(MethodEntryEvent entry, String type, String method) {
        return entry.method().name().equals(method)
                        && entry.method().declaringType().name().endsWith("." + type)
                ? 1
                : 0;
    }

    /** The folder and name below our own; empty for what the compiler's processors generated and for the SQLite layer. */
    private static String source(ReferenceType type) {
        String name = type.name().substring(OURS.length());
        if (name.contains(".$") || name.startsWith("$") || name.contains("$Intercepted") || name.contains(".sqlite.")) {
            return "";
        }
        try {
            String folder = name.contains(".") ? name.substring(0, name.lastIndexOf('.') + 1) : "";
            return folder.replace('.', '/') + type.sourceName().replace(".java", "");
        } catch (AbsentInformationException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            server.dispose();
        } catch (VMDisconnectedException e) {
            // It was stopped before us.
        }
    }
}
