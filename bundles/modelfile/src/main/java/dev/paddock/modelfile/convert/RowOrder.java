package dev.paddock.modelfile.convert;

/**
 * In which order rows are written. Published llama models keep the two halves of each head's rotation apart; llama.cpp
 * wants each pair side by side.
 *
 * @param heads how many heads the rows belong to; 0 = rows stay where they are
 */
public record RowOrder(int heads) {
    /** As they are. */
    public static final RowOrder SAME = new RowOrder(0);

    /** Rows that are read before any of them can be written. */
    long block(long rows) {
        return heads == 0 ? 1 : rows / heads;
    }

    /** Which row of its block is written at that place of it. */
    long source(long place, long block) {
        return heads == 0 ? place : place % 2 * (block / 2) + place / 2;
    }

    /** Whether so many rows can be put in this order. */
    boolean fits(long rows) {
        return heads == 0 || rows % (2L * heads) == 0;
    }
}
