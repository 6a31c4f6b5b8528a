package dev.paddock.scheduler;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What each identity was served: the virtual token counter of "Fairness in Serving Large Language Models" (arXiv
 * 2401.00588). Who comes back after a while is lifted to the least of those who are there, so nobody saves up turns.
 */
final class Accounts {
    /** Identities that are away and remembered; without it, every name that ever came would be kept. */
    private static final int MOST_AWAY = 1024;

    private final Map<String, Account> present = new HashMap<>();
    private final Map<String, Account> away = new LinkedHashMap<>();
    /** The counter of the one who left last: where somebody starts who finds nobody. */
    private double floor;

    /** One identity's. */
    private static final class Account {
        private double served;
        private int waiting;
        private int running;
    }

    /** Somebody begins to wait. */
    void waits(Ticket ticket) {
        account(ticket).waiting++;
    }

    private Account account(Ticket ticket) {
        return present.computeIfAbsent(ticket.identity(), this::comeBack);
    }

    private Account comeBack(String identity) {
        var known = away.remove(identity);
        var account = known == null ? new Account() : known;
        double least = present.values().stream()
                .mapToDouble(other -> other.served)
                .min()
                .orElse(floor);
        account.served = Math.max(account.served, least);
        return account;
    }

    /** Somebody no longer waits and was not served. */
    void leaves(Ticket ticket) {
        account(ticket).waiting--;
        seeOff(ticket.identity());
    }

    /** Somebody who waited is served, and charged what is expected. */
    void granted(Ticket ticket) {
        var account = account(ticket);
        account.waiting--;
        account.running++;
        account.served += ticket.charge();
    }

    /** Somebody was served, and took so much; empty = it was not told. */
    void released(Ticket ticket, OptionalLong used) {
        var account = account(ticket);
        account.running--;
        if (used.isPresent()) account.served += ticket.charge(used.getAsLong()) - ticket.charge();
        seeOff(ticket.identity());
    }

    private void seeOff(String identity) {
        var account = present.get(identity);
        if (account.waiting > 0 || account.running > 0) return;
        present.remove(identity);
        floor = Math.max(floor, account.served);
        away.put(identity, account);
        if (away.size() > MOST_AWAY) away.remove(away.keySet().iterator().next());
    }

    /** Tokens over weight so far. */
    double served(String identity) {
        var account = present.get(identity);
        return account == null ? 0 : account.served;
    }

    /** Requests of an identity that hold a model. */
    int running(String identity) {
        var account = present.get(identity);
        return account == null ? 0 : account.running;
    }

    /** Requests of an identity that wait. */
    int waiting(String identity) {
        var account = present.get(identity);
        return account == null ? 0 : account.waiting;
    }
}
