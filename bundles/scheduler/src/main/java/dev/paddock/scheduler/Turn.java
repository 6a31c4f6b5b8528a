package dev.paddock.scheduler;

/**
 * Where somebody who waits stands by the server's own policy.
 *
 * @param group {@link #AGED} comes first, then the more urgent as lower numbers
 * @param due what its identity was served and will have been before it; does not count for the aged
 * @param place in the order of coming; decides between equals
 * @param who waits
 */
record Turn<T>(int group, double due, int place, T who) implements Comparable<Turn<T>> {
    /** Who waited too long. */
    static final int AGED = Integer.MIN_VALUE;

    Turn {
        if (group == AGED) due = 0;
    }

    @Override
    public int compareTo(Turn<T> other) {
        if (group != other.group) return group < other.group ? -1 : 1;
        int order = Double.compare(due, other.due);
        return order != 0 ? order : Integer.compare(place, other.place);
    }
}
