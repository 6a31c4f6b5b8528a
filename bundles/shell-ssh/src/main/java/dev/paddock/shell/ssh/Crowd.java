package dev.paddock.shell.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts who is there, and sends away who is too many. Those who have shown no key yet have a bound of their own. */
final class Crowd implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final int MOST_KNOCKING = 32;

    private final int most;
    private final Set<Session> knocking = new HashSet<>();
    /** By the name that the log has of them. */
    private final Map<Session, String> inside = new HashMap<>();

    /** @param most how many may be inside */
    Crowd(int most) {
        this.most = most;
    }

    @Override
    public void sessionCreated(Session session) {
        boolean room;
        synchronized (this) {
            room = knocking.size() < MOST_KNOCKING && knocking.add(session);
        }
        if (!room) session.close(true);
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event != Event.Authenticated) return;
        String name = session.getAttribute(AuthorizedKeys.NAME);
        if (enter(session, name)) LOG.info("{} came in over SSH from {}", name, address(session));
        else sendAway(session, name);
    }

    private synchronized boolean enter(Session session, String name) {
        knocking.remove(session);
        if (inside.size() >= most) return false;
        inside.put(session, name);
        return true;
    }

    private void sendAway(Session session, String name) {
        LOG.warn("{} was sent away: there are {} sessions over SSH already", name, most);
        try {
            session.disconnect(
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS, "there are " + most + " sessions already");
        } catch (IOException e) {
            LOG.debug("already gone: {}", e.toString());
        }
        session.close(true);
    }

    @Override
    public void sessionClosed(Session session) {
        String left;
        synchronized (this) {
            knocking.remove(session);
            left = inside.remove(session);
        }
        if (left != null) LOG.info("{} left", left);
    }

    /** The visitor's address, without his port. */
    static String address(Session session) {
        return session.getRemoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "somewhere";
    }
}
